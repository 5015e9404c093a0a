import { mediaEnd } from "./media-end.ts";
import { nameForText } from "./name-for-text.ts";
import { literalText } from "./yaml-text.ts";

export interface OfferedParam {
  readonly name: string;
  readonly value: string | number;
  /** How often it was said. */
  readonly count: number;
}

/** Texts in which what repeats has become a parameter. */
export interface WithParams {
  readonly params: readonly OfferedParam[];
  /** The text as a recipe has it; with the defaults of `params` it expands to what it was. */
  readonly templated: (text: string) => string;
}

interface Candidate {
  readonly name: string;
  readonly text: string;
  readonly isNumber: boolean;
}

const leastCount = 2;
const mostParams = 6;
const quoted =
  /"([^"\n]{2,60})"|“([^”\n]{2,60})”|「([^」\n]{2,60})」|《([^》\n]{2,60})》|(?<!\w)'([^'\n]{2,60})'(?!\w)/g;
const measured =
  /(?<![\w.,:])(\d{1,5}(?:\.\d{1,2})?)(?=[ -]?(seconds?|secs?|s|minutes?|mins?|percent|%|秒|分钟)(?![a-z]))/gi;
const named = /(?<=[\p{L}\p{N},] )\p{Lu}[\p{L}\p{N}'&-]*(?: \p{Lu}[\p{L}\p{N}'&-]*)*/gu;

/** Begins with a capital wherever it is said, and names nobody's thing. */
const common =
  /^(?:I(?:'\w+)?|BGM|AI|U?HD|FPS|BPM|RGB|CTA|FAQ|GIF|MP[34]|MOV|AVI|WEBM|MKV|PNG|JPE?G|TV|USA?|UK|EU|TikTok|YouTube|Instagram|Facebook|LinkedIn|Reels?|Shorts|Ken Burns|Lo-?[Ff]i|English|Chinese|French|German|Spanish|Japanese|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter|Halloween)$/;

/** Names and numbers that were said more than once, as parameters with what was said as their default. */
export function offerParams(texts: readonly string[]): WithParams {
  const taken = new Set<string>();
  const params: OfferedParam[] = [];
  const rules: { readonly pattern: RegExp; readonly name: string }[] = [];
  // A name within one that is a parameter already is not said by itself.
  let left = texts;
  for (const { name, text, isNumber } of candidates(texts)) {
    if (params.length === mostParams) break;
    const pattern = patternOf(text, isNumber ? name : undefined);
    const count = left.reduce((sum, one) => sum + (one.match(pattern)?.length ?? 0), 0);
    if (count < leastCount) continue;
    const free = freeName(name, taken);
    taken.add(free);
    rules.push({ pattern, name: free });
    params.push({ name: free, value: isNumber ? Number(text) : text, count });
    left = left.map((one) => one.replace(pattern, "\n"));
  }
  return { params, templated: (text) => withTemplates(text, rules) };
}

/** The longest first: a name is not cut by another one in it. */
function candidates(texts: readonly string[]): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => {
    const key = `${candidate.isNumber ? candidate.name : ""} ${candidate.text}`;
    if (!found.has(key)) found.set(key, candidate);
  };
  for (const text of texts) {
    for (const match of text.matchAll(quoted)) {
      const inner = match.slice(1).find((group) => group !== undefined) ?? "";
      // A file that is uploaded is no parameter by its name.
      if (inner.trim() === inner && !inner.includes("${{") && !mediaEnd.test(inner))
        add({ name: roleOf(inner, texts) ?? "text", text: inner, isNumber: false });
    }
    for (const [, number = "", unit = ""] of text.matchAll(measured))
      if (String(Number(number)) === number) add({ name: unitName(unit), text: number, isNumber: true });
    for (const [name] of text.matchAll(named))
      if (name.length > 2 && !common.test(name))
        add({ name: roleOf(name, texts) ?? "name", text: name, isNumber: false });
  }
  return [...found.values()].sort((left, right) => right.text.length - left.text.length);
}

/** What the text is called wherever it is said: one of the places may tell. */
function roleOf(inner: string, texts: readonly string[]): string | undefined {
  for (const text of texts) {
    for (let at = text.indexOf(inner); at !== -1; at = text.indexOf(inner, at + 1)) {
      const start = text.slice(0, at).replace(/["“'「《]$/, "");
      const role = nameForText(start, text.slice(at + inner.length));
      if (role !== undefined) return role;
    }
  }
  return undefined;
}

function unitName(unit: string): string {
  if (/^(?:s|秒)/i.test(unit)) return "seconds";
  return /^(?:m|分)/i.test(unit) ? "minutes" : "percent";
}

const units: Readonly<Record<string, string>> = {
  seconds: "(?:seconds?|secs?|s|秒)",
  minutes: "(?:minutes?|mins?|分钟)",
  percent: "(?:percent|%)",
};

/** The text where it stands for itself; a number where its unit follows. */
function patternOf(text: string, unit: string | undefined): RegExp {
  const escaped = text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  if (unit !== undefined)
    return new RegExp(`(?<![\\w.,:])${escaped}(?=[ -]?${units[unit] ?? ""}(?![a-z]))`, "giu");
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "gu");
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}${number}`;
    if (!taken.has(free)) return free;
  }
}

function withTemplates(
  text: string,
  rules: readonly { readonly pattern: RegExp; readonly name: string }[],
): string {
  let parts: { readonly text: string; readonly isDone: boolean }[] = [{ text, isDone: false }];
  for (const { pattern, name } of rules) {
    parts = parts.flatMap((part) => {
      if (part.isDone) return [part];
      return part.text.split(pattern).flatMap((piece, index) => {
        const text = { text: piece, isDone: false };
        return index === 0 ? [text] : [{ text: `\${{ params.${name} }}`, isDone: true }, text];
      });
    });
  }
  return parts.map((part) => (part.isDone ? part.text : literalText(part.text))).join("");
}
