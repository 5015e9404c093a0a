import type { Place, Problem } from "./problem.ts";
import type { ProblemCode } from "./problem-codes.ts";

/** The text of one recipe file: the recipe that runs, or one that it extends. */
export interface RecipeText {
  /** As people should see it; `-` for standard input. */
  readonly file: string;
  /** Absolute: relative inputs of this file start here. */
  readonly dir: string;
  readonly text: string;
}

/** A text that knows its lines. `text` has no byte order mark. */
export interface Source extends RecipeText {
  /** Offset of each line's first character. */
  readonly lineStarts: readonly number[];
}

/** A stretch of a source, in UTF-16 units; `end` is past the last. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** What is wrong, without the place. */
export interface Complaint {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: "warning";
}

export function sourceOf(recipe: RecipeText): Source {
  const text = recipe.text.startsWith("\uFEFF") ? recipe.text.slice(1) : recipe.text;
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { ...recipe, text, lineStarts };
}

/** Line and column of a span; its length ends with the line. */
export function placeOf(span: Span): Place {
  const { source, start, end } = span;
  const line = lineIndex(source, start);
  const lineStart = source.lineStarts[line] ?? 0;
  const length = Math.max(1, Math.min(end, lineStart + lineText(source, line).length) - start);
  const place: Place = { file: source.file, line: line + 1, column: start - lineStart + 1, length };
  sources.set(place, source);
  return place;
}

const sources = new WeakMap<Place, Source>();

/** The problem with the line that its place is in, where this process has read that line. */
export function withLine(problem: Problem): Problem {
  const { place, excerpt } = problem;
  const source = place === undefined || excerpt !== undefined ? undefined : sources.get(place);
  if (place === undefined || source === undefined) return problem;
  return { ...problem, excerpt: lineText(source, place.line - 1) };
}

/** A {@link Problem} at a span, with the line it stands in. */
export function problemAt(span: Span, complaint: Complaint): Problem {
  const place = placeOf(span);
  const { severity = "error", ...rest } = complaint;
  return { severity, ...rest, place, excerpt: lineText(span.source, place.line - 1) };
}

/** The text from the start of the span's line up to the span. */
export function lineBefore(span: Span): string {
  return span.source.text.slice(span.source.lineStarts[lineIndex(span.source, span.start)] ?? 0, span.start);
}

/** The text from an offset to the end of its line. */
export function lineAfter(source: Source, offset: number): string {
  const end = source.text.indexOf("\n", offset);
  return source.text.slice(offset, end === -1 ? undefined : end).replace(/\r$/, "");
}

/** Counts from 0. */
export function lineIndex(source: Source, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lineText(source: Source, index: number): string {
  return lineAfter(source, source.lineStarts[index] ?? 0);
}
