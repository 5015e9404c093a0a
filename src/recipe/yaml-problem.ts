import type { YAMLError } from "yaml";
import type { Problem } from "./problem.ts";
import { quoteLine } from "./quote.ts";
import type { Complaint, Source } from "./source.ts";
import { lineAfter, lineIndex, problemAt } from "./source.ts";

/** A mistake that the YAML parser found, in words for people who do not know YAML by heart. */
export function yamlProblem(source: Source, error: YAMLError): Problem {
  const [from, to] = error.pos.map((offset) => (Number.isFinite(offset) ? offset : 0));
  const start = Math.min(from ?? 0, source.text.length);
  const line = lineAfter(source, source.lineStarts[lineIndex(source, start)] ?? 0);
  const isTemplate = source.text[start - 1] === "$" && source.text.startsWith("{{", start);
  const span = { source, start, end: Math.max(start, to ?? start) };
  return problemAt(span, isTemplate ? bareTemplate(line) : complaint(error, line));
}

/** `{ prompt: ${{ … }} }`: braces of a template between those of a YAML map. */
function bareTemplate(line: string): Complaint {
  const quoted = line.trim().replace(/(?<!["'])\$\{\{.*?\}\}/g, '"$&"');
  const message = "between `{ }` or `[ ]` a template needs quotes";
  return { code: "yaml-syntax", message, hint: `put it in quotes: ${quoted}` };
}

function complaint(error: YAMLError, line: string): Complaint {
  const quoted = `to keep the text as it is, put it in quotes: ${quoteLine(line).trim()}`;
  const said = (message: string, hint?: string): Complaint => ({
    code: "yaml-syntax",
    message,
    ...(hint !== undefined && { hint }),
  });
  const isKey = error.code === "BLOCK_AS_IMPLICIT_KEY" || error.code === "MULTILINE_IMPLICIT_KEY";
  if (isKey && !/(: |- ).*:(\s|$)/.test(line))
    return said(
      "the next line is indented deeper, so YAML takes it for a part of this text",
      "align it with its neighbours",
    );
  if (isKey) return said("`: ` inside a text starts a map for YAML", quoted);
  if (error.code === "BAD_SCALAR_START")
    return said("a text without quotes cannot start with this character", quoted);
  if (error.code === "BAD_ALIAS") return said("`*` at the start of a text is an alias for YAML", quoted);
  if (error.code === "TAB_AS_INDENT") return said("a tab cannot indent a line", "indent with spaces");
  if (error.code === "BAD_DIRECTIVE")
    return said("a line that starts with `%` is a directive for YAML", quoted);
  if (error.code === "UNEXPECTED_TOKEN" && /block-seq-ind/.test(error.message))
    return said(
      "a list with `-` starts on a line of its own",
      "put each `- item` on its own line below the key",
    );
  if (error.code === "UNEXPECTED_TOKEN" && /at node end|Not a YAML token/.test(error.message))
    return said("text follows a value that has already ended", quoted);
  if (error.message.startsWith("Missing closing"))
    return said(
      "a text in quotes has no closing quote",
      "close the quote, and indent the text's further lines",
    );
  if (/(sufficiently indented and|must) end with/.test(error.message))
    return said(
      "a `[` or `{` is not closed",
      "close it; a `#` after a space starts a comment and hides the rest of its line",
    );
  if (error.code === "MISSING_CHAR" && /Implicit map keys/.test(error.message))
    return said("a `:` is missing after a key, or a text goes on without being indented");
  if (/without - indicator/.test(error.message)) return said("a list's item needs a `- ` at its start");
  if (error.code === "BAD_INDENT" || /indent/i.test(error.message))
    return said("the indentation does not fit the lines above", "align it with its neighbours, with spaces");
  return said(`this is not YAML: ${error.message.replace(/\s+/g, " ").slice(0, 200)}`);
}
