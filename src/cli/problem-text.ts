import { formatProblem, type ProblemStyle } from "../recipe/format-problem.ts";
import type { Problem } from "../recipe/problem.ts";
import type { Paint, Style } from "../report/paint.ts";

const styles: Readonly<Record<ProblemStyle, Style>> = {
  place: "bold",
  error: "red",
  warning: "yellow",
  excerpt: "dim",
  caret: "red",
  hint: "cyan",
};

/** Problems as people read them: each with its place, its line, a caret and the next step. */
export function problemText(problems: readonly Problem[], paint: Paint): string {
  const color = (style: ProblemStyle, text: string): string => paint[styles[style]](text);
  return problems.map((problem) => formatProblem(problem, { color })).join("\n");
}
