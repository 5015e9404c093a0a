import { placeOf } from "../plan/export-place.ts";
import type { ProblemList } from "../plan/problem-list.ts";
import type { DecidedJob } from "./decide-job.ts";
import type { Journal } from "./ports.ts";

/**
 * Says which files stand where outputs go and are not ours: the journal has never placed such bytes there. A preview
 * of the local backend that would stand in for a video of the service is told as well, but goes on.
 */
export async function checkStanding(
  { planned: { job, places }, reuse, standing }: DecidedJob,
  journal: Journal,
  problems: ProblemList,
): Promise<void> {
  if (reuse.reason === "busy" || reuse.reason === "parked") return;
  for (const step of job.steps) {
    const sha256 = standing.get(step.kind === "export" ? step.path : "");
    if (step.kind !== "export" || sha256 === undefined) continue;
    const placed = (await journal.findPlaced(step.path)).find((file) => file.sha256 === sha256);
    const place = placeOf(step.key, places);
    if (placed === undefined)
      problems.add({
        severity: "error",
        code: "output-exists",
        message: `${step.shownPath} is there and was not made by this recipe, or was changed since`,
        hint: "move it away, let `to` lead elsewhere, or allow it to be replaced with --overwrite",
        ...(place && { place }),
      });
    else if (
      reuse.reason !== "up-to-date" &&
      job.backend === "local" &&
      !(await isLocal(placed.jobId, journal))
    )
      problems.add({
        severity: "warning",
        code: "output-paid",
        message: `${step.shownPath} was made by the service; this preview takes its place`,
        hint: "--out with another folder keeps both; the recipe that made it, run without --local, fetches it again",
        ...(place && { place }),
      });
  }
}

async function isLocal(jobId: string, journal: Journal): Promise<boolean> {
  const [first] = await journal.read(jobId);
  return first?.event.type === "job-planned" && first.event.plan.backend === "local";
}
