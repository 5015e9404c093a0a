import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from "yaml";
import type { CST, Document, Node as YamlNode, Pair, Scalar as YamlScalar, YAMLMap, YAMLSeq } from "yaml";
import type { Entry, Node } from "./node.ts";
import type { Problem } from "./problem.ts";
import { quoteValueAt } from "./quote.ts";
import type { Complaint, Source, Span } from "./source.ts";
import { lineAfter, lineIndex, placeOf, problemAt } from "./source.ts";
import { yamlProblem } from "./yaml-problem.ts";

export const maxRecipeBytes = 65_536;
const maxDepth = 20;
const maxSyntaxProblems = 10;
const ownTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/** One recipe's text as a tree, or what keeps it from being one. An error among the problems means no tree. */
export interface YamlTree {
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2 without anchors, aliases, merge keys, tags of one's own and directives. Linear in the text. */
export function readYaml(source: Source): YamlTree {
  const whole: Span = { source, start: 0, end: 1 };
  const refusal = refuseText(source);
  if (refusal !== undefined) return { problems: [problemAt(refusal.span ?? whole, refusal)] };
  const tokens = [...new Parser().parse(source.text)];
  const deep = tooDeep(tokens);
  if (deep !== undefined)
    return {
      problems: [
        problemAt(
          { source, start: deep, end: deep + 1 },
          { code: "yaml-depth", message: `values are nested more than ${maxDepth} levels deep` },
        ),
      ],
    };
  const options = { uniqueKeys: false, prettyErrors: false, merge: false, logLevel: "error" } as const;
  const documents = [...new Composer(options).compose(tokens, true, source.text.length)];
  const problems = [...directiveProblems(source, documents), ...syntaxProblems(source, documents, tokens)];
  if (problems.length > 0) return { problems };
  const contents = documents[0]?.contents;
  if (contents === undefined || contents === null || (isScalar(contents) && isEmpty(contents)))
    return { problems: [problemAt(whole, empty)] };
  const reader = new NodeReader(source);
  const root = reader.read(contents as YamlNode, whole);
  return { root, problems: reader.problems };
}

const empty: Complaint = {
  code: "empty-recipe",
  message: "the recipe is empty: it needs `prompts`",
  hint: "the smallest recipe is one line: prompts: make a 10-second video of a sunset",
};

function refuseText(source: Source): (Complaint & { span?: Span }) | undefined {
  const { text } = source;
  if (text.length > maxRecipeBytes || new TextEncoder().encode(text).length > maxRecipeBytes)
    return {
      code: "too-large",
      message: "the recipe is larger than 64 KiB",
      hint: "keep long tables in a CSV or JSON file and name it in `rows`",
    };
  const odd = text.search(/[\0\uFFFD]/);
  if (odd === -1) return undefined;
  return {
    code: "not-utf-8",
    message: "the file is not UTF-8 text",
    hint: "save it as UTF-8",
    span: { source, start: odd, end: odd + 1 },
  };
}

/** Offset of the first value below the allowed depth. Walks without recursion, so that no text can exhaust the stack. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = [];
  const push = (token: CST.Token | null | undefined, depth: number): void => {
    if (token !== null && token !== undefined) open.push({ token, depth });
  };
  for (const token of tokens) if (token.type === "document") push(token.value, 1);
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { token, depth } = top;
    if (!("items" in token)) continue;
    if (depth > maxDepth) return token.offset;
    for (const item of token.items) {
      push(item.key, depth + 1);
      push(item.value, depth + 1);
    }
  }
  return undefined;
}

function directiveProblems(source: Source, documents: readonly Document[]): Problem[] {
  const problems: Problem[] = [];
  const directives = documents[0]?.directives;
  const tags = Object.keys(directives?.tags ?? {}).filter((handle) => handle !== "!!");
  if (tags.length > 0 || (directives?.yaml.explicit === true && directives.yaml.version !== "1.2"))
    problems.push(
      problemAt(
        { source, start: 0, end: 1 },
        { code: "yaml-directive", message: "`%` directives are not read", hint: "remove the line" },
      ),
    );
  const start = Math.min(documents[1]?.range?.[0] ?? 0, source.text.length);
  if (documents.length > 1)
    problems.push(
      problemAt(
        { source, start, end: start + 1 },
        {
          code: "yaml-several-documents",
          message: "a recipe is one YAML document, and here a second one starts",
          hint: "remove the line `---`, or put the second recipe into a file of its own",
        },
      ),
    );
  return problems;
}

/** The parser's mistakes, the first of each line: what follows on the same line, or behind it as a stray, only echoes it. */
function syntaxProblems(
  source: Source,
  documents: readonly Document[],
  tokens: readonly CST.Token[],
): Problem[] {
  const perLine = new Map<number, Problem>();
  for (const error of documents.flatMap((document) => document.errors)) {
    if (perLine.size > 0 && error.message.includes(" token in YAML stream")) continue;
    const line = lineIndex(source, Number.isFinite(error.pos[0]) ? error.pos[0] : 0);
    if (!perLine.has(line)) perLine.set(line, yamlProblem(source, error, tokens));
    if (perLine.size === maxSyntaxProblems) break;
  }
  return [...perLine.values()];
}

const isEmpty = (scalar: YamlScalar): boolean => scalar.value === null && scalar.source === "";

/** Turns the parser's nodes into ours. Owns the list of problems it meets on the way. */
class NodeReader {
  readonly problems: Problem[] = [];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** `instead` is where an absent value is shown: its key. */
  read(node: YamlNode | null, instead: Span): Node {
    const span = node?.range ? this.#span(node.range[0], node.range[1]) : instead;
    if (node === null) return { kind: "scalar", value: null, style: "plain", ...instead };
    if (isAlias(node)) {
      this.#complain(
        span,
        this.#quotable("yaml-alias", "`*` starts an alias for YAML, and aliases are not read", span),
      );
      return { kind: "scalar", value: null, style: "plain", ...span };
    }
    this.#checkProperties(node, span);
    if (isMap(node)) return this.#map(node, span);
    if (isSeq(node)) return this.#list(node, span);
    return this.#scalar(node as YamlScalar, isEmpty(node as YamlScalar) ? instead : span);
  }

  #map(node: YAMLMap, span: Span): Node {
    const entries = new Map<string, Entry>();
    for (const pair of node.items as Pair<YamlNode | null, YamlNode | null>[]) {
      const key = this.#key(pair.key, span);
      if (key === undefined) continue;
      const before = entries.get(key.name);
      if (before !== undefined) {
        const line = placeOf(before.key).line;
        this.#complain(key.span, {
          code: "duplicate-key",
          message: `\`${key.name}\` stands twice in this map, first on line ${line}`,
          hint: "keep one of them",
        });
      }
      entries.set(key.name, { key: key.span, value: this.read(pair.value, key.span) });
    }
    return { kind: "map", entries, ...span };
  }

  #key(node: YamlNode | null, map: Span): { name: string; span: Span } | undefined {
    const span = node?.range ? this.#span(node.range[0], node.range[1]) : map;
    if (node !== null && isAlias(node)) this.read(node, span);
    if (node === null || !isScalar(node)) {
      this.#complain(span, { code: "yaml-key", message: "a key must be plain text" });
      return undefined;
    }
    this.#checkProperties(node, span);
    const name = node.source ?? String(node.value);
    if (name === "<<" || name === "__proto__") {
      this.#complain(span, { code: "yaml-key", message: `\`${name}\` cannot be a key` });
      return undefined;
    }
    return { name, span };
  }

  #list(node: YAMLSeq, span: Span): Node {
    const items = (node.items as (YamlNode | null)[]).map((item) => this.read(item, span));
    return { kind: "list", flow: node.flow === true, items, ...span };
  }

  #scalar(node: YamlScalar, span: Span): Node {
    const style =
      node.type === "PLAIN" ? "plain" : node.type?.startsWith("BLOCK") === true ? "block" : "quoted";
    const { value } = node;
    const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return { kind: "scalar", value: known ? value : null, style, ...span };
  }

  #checkProperties(node: YamlNode, span: Span): void {
    if ("anchor" in node && node.anchor !== undefined) {
      const at = this.#before(span, `&${node.anchor}`);
      this.#complain(
        at,
        this.#quotable("yaml-alias", "`&` starts an anchor for YAML, and anchors are not read", at),
      );
    }
    if (node.tag !== undefined && !ownTags.test(node.tag)) {
      const at = this.#before(span, "!");
      this.#complain(
        at,
        this.#quotable("yaml-tag", "`!` starts a tag for YAML, and this tag is not read", at),
      );
    }
  }

  /** The last stretch before a span that starts with a mark. */
  #before(span: Span, mark: string): Span {
    const { text } = this.#source;
    let start = text.lastIndexOf(mark, span.start);
    while (start > 0 && text[start - 1] === mark) start--;
    return start === -1 ? span : { ...span, start };
  }

  #quotable(code: Complaint["code"], message: string, span: Span): Complaint {
    const lineStart = this.#source.lineStarts[lineIndex(this.#source, span.start)] ?? 0;
    const quoted = quoteValueAt(lineAfter(this.#source, lineStart), span.start - lineStart).trim();
    return { code, message, hint: `if it is text, put it in quotes: ${quoted}` };
  }

  #span(start: number, end: number): Span {
    return { source: this.#source, start, end };
  }

  #complain(span: Span, complaint: Complaint): void {
    this.problems.push(problemAt(span, complaint));
  }
}
