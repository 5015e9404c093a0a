import type { Paint } from "../report/paint.ts";
import type { Problem } from "../recipe/problem.ts";
import { formatProblem } from "../recipe/format-problem.ts";

/** Problems as people read them: each with its place, its line, a caret and the next step. */
export function problemText(problems: readonly Problem[], paint: Paint): string {
  return problems.map((problem) => painted(formatProblem(problem), problem, paint)).join("\n\n");
}

function painted(text: string, { severity }: Problem, paint: Paint): string {
  const [first = "", ...rest] = text.split("\n");
  const colour = severity === "error" ? paint.red : paint.yellow;
  return [colour(first), ...rest].join("\n");
}
