import { formatProblem, type ProblemStyle } from "../recipe/format-problem.ts";
import type { Problem } from "../recipe/problem.ts";
import { countOf } from "../base/count-of.ts";
import type { Paint, Style } from "../report/paint.ts";

const styles: Readonly<Record<ProblemStyle, Style>> = {
  place: "bold",
  error: "red",
  warning: "yellow",
  excerpt: "dim",
  caret: "red",
  hint: "cyan",
};

/** A screenful: who mends the first of them often mends the rest. */
const mostShown = 20;

/** Problems as people read them: each with its place, its line, a caret and the next step. */
export function problemText(problems: readonly Problem[], paint: Paint): string {
  const color = (style: ProblemStyle, text: string): string => paint[styles[style]](text);
  const shown = problems.slice(0, mostShown).map((problem) => formatProblem(problem, { color }));
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${countOf(more, "more problem", "more problems")}`] : [])].join(
    "\n",
  );
}
