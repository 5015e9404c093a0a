import { cleanText } from "../base/clean-text.ts";
import type { Place, Problem } from "./problem.ts";

export type ProblemStyle = "place" | "error" | "warning" | "excerpt" | "caret" | "hint";

export interface FormatOptions {
  /** Paints a part; the text as it is where absent. */
  readonly color?: (style: ProblemStyle, text: string) => string;
}

const maxExcerpt = 100;
const before = 40;

/**
 * A problem as people read it, without a line feed at the end: `file:line:column: code: message`, the line with a caret
 * below, and the next step. Holds no control character but line feeds, whatever the recipe holds.
 */
export function formatProblem(problem: Problem, options: FormatOptions = {}): string {
  const { severity, code, message, hint, place, excerpt } = problem;
  const paint = options.color ?? ((_style, text) => text);
  const where =
    place === undefined ? "" : `${paint("place", `${oneLine(place.file)}:${place.line}:${place.column}`)}: `;
  const kind = severity === "warning" ? `warning: ${code}` : code;
  const lines = [`${where}${paint(severity, kind)}: ${oneLine(message)}`];
  if (place !== undefined && excerpt !== undefined && excerpt.trim() !== "") {
    const { shown, pointer } = excerptLines(excerpt, place);
    const number = String(place.line);
    lines.push(paint("excerpt", `  ${number} | ${shown}`));
    lines.push(`  ${" ".repeat(number.length)} | ${paint("caret", pointer)}`);
  }
  if (hint !== undefined) lines.push(paint("hint", `  ${oneLine(hint)}`));
  return lines.join("\n");
}

const oneLine = (text: string): string => cleanText(text).replace(/\s*[\n\t]\s*/g, " ");

/** The part of the line around the place, and the carets below it. */
function excerptLines(excerpt: string, { column, length = 1 }: Place): { shown: string; pointer: string } {
  const start = Math.min(column - 1, excerpt.length);
  const from = excerpt.length <= maxExcerpt ? 0 : Math.max(0, start - before);
  const line = excerpt.slice(from, from + maxExcerpt);
  const ahead = visible(line.slice(0, start - from));
  const marked = visible(line.slice(start - from, start - from + length));
  const left = from > 0 ? "…" : "";
  const right = from + maxExcerpt < excerpt.length ? "…" : "";
  const columns = Math.max(1, width(marked));
  return {
    shown: `${left}${visible(line)}${right}`,
    pointer: `${" ".repeat(width(ahead) + left.length)}${"^".repeat(columns)}`,
  };
}

/** Each character as one that shows: a tab as two spaces, a control as its picture. */
function visible(text: string): string {
  return text
    .replaceAll("\t", "  ")
    .replace(/\p{Cc}/gu, (control) =>
      control < " " ? String.fromCodePoint(0x2400 + control.charCodeAt(0)) : "\uFFFD",
    )
    .replace(/[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|\p{Cs}/gu, "\uFFFD");
}

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** Columns on a terminal. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += /^\p{M}$/u.test(char) ? 0 : wide.test(char) ? 2 : 1;
  return columns;
}
