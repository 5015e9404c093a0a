import type { ProblemCode } from "./problem-codes.ts";

/** A place in a recipe's text. Lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Length of what the caret underlines; 1 where unknown. */
  readonly length?: number;
}

/**
 * A recipe is wrong. Problems are collected, never thrown: all of them in one go.
 * Printed as `file:line:column: code: message`, an excerpt with a caret, and the hint.
 */
export interface Problem {
  readonly severity: "error" | "warning";
  /** A stable kebab-case word, such as `unknown-key`. */
  readonly code: ProblemCode;
  readonly message: string;
  /** The next step: `did you mean "refinements"?`, or the line to paste. */
  readonly hint?: string;
  readonly place?: Place;
  /** The source line at the place. */
  readonly excerpt?: string;
}
