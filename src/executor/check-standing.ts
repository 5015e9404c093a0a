import { placeOf } from "../plan/export-place.ts";
import type { ProblemList } from "../plan/problem-list.ts";
import type { DecidedJob } from "./decide-job.ts";
import type { Journal } from "./ports.ts";

/** Says which files stand where outputs go and are not ours: the journal has never placed such bytes there. */
export async function checkStanding(
  { planned: { job, places }, reuse, standing }: DecidedJob,
  journal: Journal,
  problems: ProblemList,
): Promise<void> {
  if (reuse.reason === "busy" || reuse.reason === "parked") return;
  for (const step of job.steps) {
    const sha256 = standing.get(step.kind === "export" ? step.path : "");
    if (step.kind !== "export" || sha256 === undefined) continue;
    if ((await journal.findPlaced(step.path)).includes(sha256)) continue;
    const place = placeOf(step.key, places);
    problems.add({
      severity: "error",
      code: "output-exists",
      message: `${step.shownPath} is there and was not made by this recipe, or was changed since`,
      hint: "move it away, let `to` lead elsewhere, or allow it to be replaced with --overwrite",
      ...(place && { place }),
    });
  }
}
