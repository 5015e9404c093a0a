/** A regular expression that takes time linear in the text, whatever is written in it. */
export interface Pattern {
  test(text: string): boolean;
}

/** A step of the program that a pattern is compiled to. Indices point into the program. */
type Step =
  | { readonly do: "char"; readonly fits: (char: string) => boolean }
  | { readonly do: "assert"; readonly holds: (chars: readonly string[], at: number) => boolean }
  | { readonly do: "split"; readonly to: readonly number[] }
  | { readonly do: "match" };

type Build = (program: Step[]) => void;

const maxSteps = 2000;
const compiled = new Map<string, Pattern | { readonly message: string }>();
const maxKept = 200;

/**
 * Compiles a JavaScript pattern (flag `u`) without lookaround and back references. No pattern can make `test` slow:
 * the states of all alternatives are followed side by side.
 */
export function compilePattern(pattern: string): Pattern | { readonly message: string } {
  let result = compiled.get(pattern);
  if (result === undefined) {
    result = compile(pattern);
    if (compiled.size >= maxKept) compiled.clear();
    compiled.set(pattern, result);
  }
  return result;
}

function compile(pattern: string): Pattern | { readonly message: string } {
  try {
    void new RegExp(pattern, "u");
    const program: Step[] = [];
    new PatternReader(pattern).alternatives()(program);
    program.push({ do: "match" });
    return { test: (text) => run(program, Array.from(text)) };
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error);
    return { message: `the pattern cannot be read: ${reason.slice(0, 200)}` };
  }
}

function run(program: readonly Step[], chars: readonly string[]): boolean {
  let states = new Set<number>();
  for (let at = 0; at <= chars.length; at++) {
    enter({ program, chars, at, states }, 0);
    const next = new Set<number>();
    for (const index of states) {
      const step = program[index];
      if (step?.do === "match") return true;
      const char = chars[at];
      if (step?.do === "char" && char !== undefined && step.fits(char))
        enter({ program, chars, at: at + 1, states: next }, index + 1);
    }
    states = next;
  }
  return false;
}

interface Entering {
  readonly program: readonly Step[];
  readonly chars: readonly string[];
  readonly at: number;
  readonly states: Set<number>;
}

/** Adds a state and all that follow from it without a character. */
function enter({ program, chars, at, states }: Entering, first: number): void {
  const open = [first];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (states.has(index)) continue;
    states.add(index);
    const step = program[index];
    if (step?.do === "split") open.push(...step.to);
    if (step?.do === "assert" && step.holds(chars, at)) open.push(index + 1);
  }
}

const atom =
  /\\p\{[^}]*\}|\\P\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\c[a-z]|\\.|\[(?:\\.|[^\]\\])*\]|[^\\]/isuy;
const times = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;

class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `a|b|c` up to the end or a closing parenthesis. */
  alternatives(): Build {
    const choices = [this.#sequence()];
    while (this.#takes("|")) choices.push(this.#sequence());
    return choices.reduceRight((rest, first) => either(first, rest));
  }

  #sequence(): Build {
    const parts: Build[] = [];
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at] ?? ""))
      parts.push(this.#repeated());
    if (parts.length === 0) return nothing;
    return (program) => {
      for (const part of parts) part(program);
    };
  }

  #repeated(): Build {
    const part = this.#part();
    times.lastIndex = this.#at;
    const found = times.exec(this.#text);
    if (found === null) return part;
    this.#at += found[0].length;
    const [, mark, least, comma, most] = found;
    if (mark === "?") return repeat(part, 0, 1);
    if (mark !== undefined) return repeat(part, mark === "+" ? 1 : 0, Infinity);
    const min = Number(least);
    return repeat(part, min, comma === "" ? min : most === "" ? Infinity : Number(most));
  }

  #part(): Build {
    if (this.#takes("(")) {
      const named = /\?<(?![=!])[^>]*>|\?:/y;
      named.lastIndex = this.#at;
      this.#at += named.exec(this.#text)?.[0].length ?? 0;
      if (this.#text[this.#at] === "?")
        throw new Error("lookahead, lookbehind and flags in groups are not supported");
      const inner = this.alternatives();
      this.#takes(")");
      return inner;
    }
    if (this.#takes("^")) return assertion((_chars, at) => at === 0);
    if (this.#takes("$")) return assertion((chars, at) => at === chars.length);
    if (this.#takes("\\b")) return assertion(isBoundary);
    if (this.#takes("\\B")) return assertion((chars, at) => !isBoundary(chars, at));
    atom.lastIndex = this.#at;
    const [text = ""] = atom.exec(this.#text) ?? [];
    if (/^\\[1-9k]/.test(text)) throw new Error("back references are not supported");
    this.#at += Math.max(1, text.length);
    const one = new RegExp(`^${text}$`, "u");
    return (program) => add(program, { do: "char", fits: (char) => one.test(char) });
  }

  #takes(mark: string): boolean {
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }
}

function add(program: Step[], step: Step): void {
  if (program.length >= maxSteps) throw new Error("it is too large");
  program.push(step);
}

const assertion =
  (holds: (chars: readonly string[], at: number) => boolean): Build =>
  (program) =>
    add(program, { do: "assert", holds });

/** It takes a step, so that what is repeated counts towards the limit even where it is empty. */
const nothing: Build = assertion(() => true);

function isBoundary(chars: readonly string[], at: number): boolean {
  const isWord = (char: string | undefined): boolean => char !== undefined && /^\w$/.test(char);
  return isWord(chars[at - 1]) !== isWord(chars[at]);
}

/** A jump is a split with one way. Both ends are filled in when they are known. */
function split(program: Step[]): number[] {
  const to: number[] = [];
  add(program, { do: "split", to });
  return to;
}

const either =
  (first: Build, second: Build): Build =>
  (program) => {
    const start = split(program);
    start.push(program.length);
    first(program);
    const end = split(program);
    start.push(program.length);
    second(program);
    end.push(program.length);
  };

const repeat =
  (part: Build, min: number, max: number): Build =>
  (program) => {
    if (max === 0) nothing(program);
    if (min > maxSteps || (max !== Infinity && max > maxSteps)) throw new Error("it is too large");
    for (let count = 0; count < min; count++) part(program);
    if (max === Infinity) {
      const loopStart = program.length;
      const loop = split(program);
      loop.push(program.length);
      part(program);
      split(program).push(loopStart);
      loop.push(program.length);
      return;
    }
    const exits: number[][] = [];
    for (let count = min; count < max; count++) {
      const choice = split(program);
      choice.push(program.length);
      exits.push(choice);
      part(program);
    }
    for (const exit of exits) exit.push(program.length);
  };
