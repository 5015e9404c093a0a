import type { Journal } from "../../executor/ports.ts";
import { isGivenUp } from "../../job/state.ts";
import { isCancelled } from "./is-cancelled.ts";
import { paidFailures } from "./paid-failures.ts";
import { readJobs, unfinishedJobs, type ReadJob } from "./read-job.ts";

/** What `resume` takes up unless it is told. */
export async function resumableJobs(journal: Journal): Promise<ReadJob[]> {
  const unfinished = await unfinishedJobs(journal);
  return [...unfinished.filter(({ state }) => !isCancelled(state)), ...(await lateFailures(journal))];
}

/** What failed in the newest run, or failed in any with a part of it paid: with its cause gone it can go on. */
export async function lateFailures(journal: Journal): Promise<ReadJob[]> {
  const newest = (await journal.runs(1)).flatMap(({ jobIds }) => jobIds);
  const jobs = await readJobs(new Set(newest), journal);
  const late = jobs.filter(
    ({ state }) => state.status === "failed" && !isGivenUp(state) && !isCancelled(state),
  );
  const known = new Set(late.map(({ state }) => state.jobId));
  const earlier = await paidFailures(journal);
  return [...late, ...earlier.filter(({ state }) => !known.has(state.jobId))];
}
