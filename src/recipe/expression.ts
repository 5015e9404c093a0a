import type { Scalar } from "../base/json.ts";

/** Offsets are those of the template's text, in UTF-16 units. */
export interface Name {
  readonly text: string;
  readonly offset: number;
}

export type Term =
  | { readonly kind: "literal"; readonly value: Scalar }
  /** `params.seconds`, `row["Product name"]`; at least one name. */
  | { readonly kind: "path"; readonly names: readonly [Name, ...Name[]]; readonly length: number };

export interface FilterCall extends Name {
  readonly args: readonly { readonly name?: string; readonly term: Term }[];
}

/** What stands between `${{` and `}}`: a term and the filters that it goes through. */
export interface Expression {
  readonly offset: number;
  readonly length: number;
  readonly term: Term;
  readonly filters: readonly FilterCall[];
}

/** Why an expression cannot be read, and where. */
export class ExpressionError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const word = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const number = /-?\d+(\.\d+)?/y;
const space = /\s*/y;
const literals: ReadonlyMap<string, Scalar> = new Map([
  ["true", true],
  ["false", false],
]);

/** Reads the expression that starts at `offset`, past `${{`; `end` is past its `}}`. Throws an {@link ExpressionError}. */
export function readExpression(text: string, offset: number): { expression: Expression; end: number } {
  const reader = new ExpressionReader(text, offset);
  return { expression: reader.read(), end: reader.end };
}

class ExpressionReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  read(): Expression {
    this.#skip();
    const offset = this.#at;
    if (this.#sees("}}")) throw new ExpressionError("there is nothing between `${{` and `}}`", offset);
    const term = this.#term();
    const filters: FilterCall[] = [];
    while (this.#takes("|")) filters.push(this.#filter());
    const length = this.#text.slice(offset, this.#at).trimEnd().length;
    if (!this.#takes("}}"))
      throw new ExpressionError(this.#spaced(term, filters) ?? this.#unexpected(), this.#at);
    return { offset, length, term, filters };
  }

  /** Past the closing `}}`. */
  get end(): number {
    return this.#at;
  }

  #filter(): FilterCall {
    this.#skip();
    const offset = this.#at;
    const text = this.#match(word);
    if (text === undefined) throw new ExpressionError("the name of a filter is missing after `|`", offset);
    const args: { name?: string; term: Term }[] = [];
    if (this.#takes(":")) {
      do args.push(this.#argument());
      while (this.#takes(","));
    }
    return { text, offset, args };
  }

  #argument(): { name?: string; term: Term } {
    this.#skip();
    const start = this.#at;
    const name = this.#match(word);
    if (name !== undefined && this.#takes(":")) return { name, term: this.#term() };
    this.#at = start;
    return { term: this.#term() };
  }

  #term(): Term {
    this.#skip();
    const offset = this.#at;
    const quoted = this.#quoted();
    if (quoted !== undefined) return { kind: "literal", value: quoted };
    const digits = this.#match(number);
    if (digits !== undefined) return { kind: "literal", value: Number(digits) };
    const first = this.#match(word);
    if (first === undefined) throw new ExpressionError(this.#unexpected(), this.#at);
    const literal = literals.get(first);
    if (literal !== undefined) return { kind: "literal", value: literal };
    const names: [Name, ...Name[]] = [{ text: first, offset }];
    for (let next = this.#part(); next !== undefined; next = this.#part()) names.push(next);
    return { kind: "path", names, length: this.#at - offset };
  }

  /** `.name` or `["name"]`. */
  #part(): Name | undefined {
    const start = this.#text[this.#at];
    if (start !== "." && start !== "[") return undefined;
    this.#at++;
    const offset = this.#at;
    const text = start === "." ? this.#match(word) : (this.#quoted() ?? this.#match(number));
    if (text === undefined) throw new ExpressionError(`a name is missing after \`${start}\``, offset);
    if (start === "[" && !this.#takes("]")) throw new ExpressionError("`]` is missing", this.#at);
    return { text, offset };
  }

  #quoted(): string | undefined {
    const mark = this.#text[this.#at];
    if (mark !== '"' && mark !== "'") return undefined;
    const end = this.#text.indexOf(mark, this.#at + 1);
    if (end === -1) throw new ExpressionError("a quote is not closed", this.#at);
    const inner = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inner;
  }

  /** `row.product name`, as the column of a table may be called. */
  #spaced(term: Term, { length }: readonly FilterCall[]): string | undefined {
    if (term.kind === "literal" || term.names.length < 2 || length > 0) return undefined;
    const more = /^(?!(?:and|or|contains)\b)[\p{L}\p{N}_-]+(?: +[\p{L}\p{N}_-]+)*/u.exec(
      this.#text.slice(this.#at),
    )?.[0];
    if (more === undefined) return undefined;
    const [names, last] = [term.names.slice(0, -1), term.names.at(-1)];
    const path = names.map(({ text }) => text).join(".");
    return `a name with a space in it stands in brackets: \`${path}["${last?.text} ${more}"]\``;
  }

  #unexpected(): string {
    this.#skip();
    const rest = this.#text.slice(this.#at);
    if (rest === "") return "`}}` is missing";
    if (/^\}(?!\})/.test(rest)) return "a template ends with `}}`, and here is one `}`";
    if (/^(==|!=|<|>|and\b|or\b|contains\b|\+|\*|\/|-|\()/.test(rest))
      return "a template has names, literals and filters only, no calculation or comparison";
    return `\`${Array.from(rest)[0] ?? ""}\` is not expected here`;
  }

  #sees(mark: string): boolean {
    return this.#text.startsWith(mark, this.#at);
  }

  #takes(mark: string): boolean {
    this.#skip();
    if (!this.#sees(mark)) return false;
    this.#at += mark.length;
    return true;
  }

  #skip(): void {
    this.#match(space);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
