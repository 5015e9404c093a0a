import { placeOf } from "../plan/export-place.ts";
import type { PlannedOutline } from "../plan/plan-jobs.ts";
import type { ProblemList } from "../plan/problem-list.ts";
import type { Reason } from "../plan/planned-job.ts";
import type { DecidedJob } from "./decide-job.ts";
import type { Files } from "./ports.ts";

const makesNothing: ReadonlySet<Reason> = new Set(["up-to-date", "busy", "parked"]);
const keepsOutputs: ReadonlySet<Reason> = new Set(["export-again", "go-on"]);

/** Paths that the job will write to. What stands already may be an archive: it is left in its place. */
export function pathsToWrite({ planned: { job }, reuse: { reason }, standing }: DecidedJob): string[] {
  if (makesNothing.has(reason)) return [];
  const paths = job.steps.flatMap((step) => (step.kind === "export" ? [step.path] : []));
  return keepsOutputs.has(reason) ? paths.filter((path) => !standing.has(path)) : paths;
}

interface Outputs {
  readonly jobs: readonly PlannedOutline[];
  readonly files: Files;
  readonly overwrite: boolean;
}

/** Says which outputs could never be written, while nothing is paid for them yet. */
export async function checkFolders(
  paths: readonly string[],
  { jobs, files, overwrite }: Outputs,
  problems: ProblemList,
): Promise<void> {
  const blocked = await files.blockedOutputs(paths, { overwrite });
  if (blocked.length === 0) return;
  const reasons = new Map(blocked.map(({ path, reason }) => [path, reason]));
  for (const { job, places } of jobs) {
    for (const step of job.steps) {
      const reason = step.kind === "export" ? reasons.get(step.path) : undefined;
      if (step.kind !== "export" || reason === undefined) continue;
      const place = placeOf(step.key, places);
      problems.add({
        severity: "error",
        code: "output-blocked",
        message: `${step.shownPath} cannot be written: ${reason}`,
        hint: "choose another place with `to` or --out, or clear the way",
        ...(place && { place }),
      });
    }
  }
}
