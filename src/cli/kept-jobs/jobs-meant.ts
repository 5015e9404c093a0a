import type { Journal } from "../../executor/ports.ts";
import type { JobState } from "../../job/state.ts";
import { findRun } from "./find-run.ts";
import { readJob, readJobs, type ReadJob } from "./read-job.ts";
import { resumableJobs } from "./resumable-jobs.ts";

/**
 * The jobs of the run, or the one job, that an id, its start, or a name means. Of several jobs with one name that is the
 * newest; where `fits` is given, the newest that fits, if there is one. Stops with exit 2 where there is none.
 */
export async function jobsMeant(
  text: string,
  journal: Journal,
  fits: (state: JobState) => boolean = () => true,
): Promise<ReadJob[]> {
  const meant = await findRun(text, journal);
  if (meant.kind === "run") return readJobs(meant.run.jobIds, journal);
  const newest = await readJob(meant.job.jobId, journal);
  if (meant.job.name !== text || fits(newest.state)) return [newest];
  const { agreed, earlier } = await resumableJobs(journal);
  return [[...agreed, ...earlier].find(({ state }) => state.plan.name === text && fits(state)) ?? newest];
}
