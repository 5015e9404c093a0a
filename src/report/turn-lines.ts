import { cleanLine } from "../base/clean-text.ts";
import type { PlannedRunJob } from "../plan/run-plan.ts";
import { countOf } from "../base/count-of.ts";
import { fitText } from "./text-width.ts";

const maxTurns = 8;

/** The texts of a job's turns that are still to be sent, by their number in the job; a line each, in so many columns. */
export function turnLines({ job, turns }: PlannedRunJob, columns: number): string[] {
  const all = job.steps.filter((step) => step.kind === "turn");
  const done = all.length - turns.missing;
  const lines = all.slice(done, done + maxTurns).map(({ prompt }, index) => {
    const number = `${done + index + 1}. `;
    return `${number}"${fitText(cleanLine(prompt, columns * 2), columns - number.length - 2)}"`;
  });
  const hidden = turns.missing - lines.length;
  return hidden > 0 ? [...lines, `… and ${countOf(hidden, "more turn", "more turns")}`] : lines;
}
