import type { CST, YAMLError } from "yaml";
import { openedAt } from "./opened-at.ts";
import type { Problem } from "./problem.ts";
import { quote, quoteLine, quoteValueAt } from "./quote.ts";
import type { Complaint, Source, Span } from "./source.ts";
import { lineAfter, lineIndex, problemAt } from "./source.ts";
import { withSpace } from "./with-space.ts";

/** A mistake that the YAML parser found, in words for people who do not know YAML by heart. */
export function yamlProblem(source: Source, error: YAMLError, tokens: readonly CST.Token[]): Problem {
  const [from, to] = error.pos.map((offset) => (Number.isFinite(offset) ? offset : 0));
  const start = Math.min(from ?? 0, source.text.length);
  const span = { source, start, end: Math.max(start, to ?? start) };
  const left = leftOpen(error);
  if (left !== undefined) return problemAt(openSpan(span, openedAt(tokens, left)), unclosed[left]);
  const lineStart = source.lineStarts[lineIndex(source, start)] ?? 0;
  const line = lineAfter(source, lineStart);
  const isTemplate = source.text[start - 1] === "$" && source.text.startsWith("{{", start);
  if (isTemplate) return problemAt(span, bareTemplate(line));
  const told = complaint(error, { line, column: start - lineStart });
  const indented = lineStart + (/^ */.exec(line)?.[0].length ?? 0);
  if (told.message === unaligned && start < indented)
    return problemAt({ ...span, start: indented, end: indented + 1 }, told);
  return problemAt(span, told);
}

function leftOpen(error: YAMLError): "quote" | "bracket" | undefined {
  if (error.message.startsWith("Missing closing")) return "quote";
  return /(sufficiently indented and|must) end with/.test(error.message) ? "bracket" : undefined;
}

/** What was opened and never closed is shown where it opens: where it was missed may be the end of the file. */
function openSpan(span: Span, opened: number | undefined): Span {
  if (opened === undefined || opened >= span.start) return span;
  return { ...span, start: opened, end: opened + lineAfter(span.source, opened).trimEnd().length };
}

const unclosed: Readonly<Record<"quote" | "bracket", Complaint>> = {
  quote: {
    code: "yaml-syntax",
    message: "a text in quotes has no closing quote",
    hint: "close the quote, and indent the text's further lines",
  },
  bracket: {
    code: "yaml-syntax",
    message: "a `[` or `{` is not closed",
    hint: "close it; a `#` after a space starts a comment and hides the rest of its line",
  },
};

/** A text between brackets: in quotes, or as far as the next sign of YAML; a template is a part of it. */
const itemText =
  /"[^"]*"|'[^']*'|(?!\s)(?:\$\{\{[^}]{0,500}\}\}|[^\s,[\]{}:"']|:(?=\S)|(?<=\S) +(?=[^\s,[\]{}"':#]))+/g;

/** `{ prompt: ${{ … }} }`: braces of a template between those of a YAML map. */
function bareTemplate(line: string): Complaint {
  const quoted = line
    .trim()
    .replace(itemText, (text) => (text.includes("${{") && !text.startsWith('"') ? quote(text) : text));
  const message = "between `{ }` or `[ ]` a template needs quotes";
  return { code: "yaml-syntax", message, hint: `put it in quotes: ${quoted}` };
}

const unaligned = "the indentation does not fit the lines above";
const isAliasMessage = "`*` at the start of a text is an alias for YAML";
const noColon = "a `:` is missing after a key, or a text goes on without being indented";

interface At {
  readonly line: string;
  /** Counts from 0. */
  readonly column: number;
}

function complaint(error: YAMLError, { line, column }: At): Complaint {
  const quoted = `to keep the text as it is, put it in quotes: ${quoteLine(line).trim()}`;
  const said = (message: string, hint?: string): Complaint => ({
    code: "yaml-syntax",
    message,
    ...(hint !== undefined && { hint }),
  });
  const { code, message } = error;
  const isKey = code === "BLOCK_AS_IMPLICIT_KEY" || code === "MULTILINE_IMPLICIT_KEY";
  const spaced = withSpace(line);
  if ((isKey || code === "MISSING_CHAR") && spaced !== undefined)
    return said("a space is missing after the `:` of a key", `write \`${spaced}\``);
  if (isKey && /^\s*-\s/.test(line) && /block sequence/.test(message))
    return said(unaligned, "align it with its neighbours, with spaces");
  if (isKey && !/^\s*(?:- +)*[^:]*:\s.*:(?:\s|$)/.test(line))
    return said(
      "the next line is indented deeper, so YAML takes it for a part of this text",
      "align it with its neighbours",
    );
  if (isKey) return said("`: ` inside a text starts a map for YAML", quoted);
  if (code === "BAD_SCALAR_START")
    return said("a text without quotes cannot start with this character", quoted);
  if (code === "BAD_ALIAS")
    return said(
      isAliasMessage,
      `to keep the text as it is, put it in quotes: ${quoteValueAt(line, column).trim()}`,
    );
  if (code === "TAB_AS_INDENT") return said("a tab cannot indent a line", "indent with spaces");
  if (code === "BAD_DIRECTIVE") return said("a line that starts with `%` is a directive for YAML", quoted);
  if (code === "UNEXPECTED_TOKEN" && /block-seq-ind/.test(message))
    return said(
      "a list with `-` starts on a line of its own",
      "put each `- item` on its own line below the key",
    );
  if (code === "UNEXPECTED_TOKEN" && /at node end|Not a YAML token/.test(message))
    return said("text follows a value that has already ended", quoted);
  if (message.startsWith("Missing , or :"))
    return said(
      "between `[ ]` and `{ }`, text without quotes ends at a bracket or brace",
      `put it in quotes: ${line.trim().replace(/(?<![^\s,[\]{}"'])[^\s,[\]{}"']+\{[^\s{}]*\}[^\s,[\]{}"']*/g, '"$&"')}`,
    );
  if (code === "MISSING_CHAR" && /Implicit map keys/.test(message))
    return said(noColon, "write `key: value`; a text's further lines stand deeper than its key");
  if (/without - indicator/.test(message))
    return said(
      "a list's item needs a `- ` at its start",
      "start it with `- `, or align it with the other fields of its item",
    );
  if (code === "BAD_INDENT" || /indent/i.test(message))
    return said(unaligned, "align it with its neighbours, with spaces");
  return said(`this is not YAML: ${message.replace(/\s+/g, " ").slice(0, 200)}`);
}
