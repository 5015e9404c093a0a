import type { Journal } from "../executor/ports.ts";
import { isGivenUp } from "../job/state.ts";
import { readJob, type ReadJob } from "./read-job.ts";

/**
 * What `resume` takes up unless it is told: what was cut off or waits for a person, and what failed in the newest
 * run, because with its cause gone it can go on. What somebody cancelled or gave up goes on only when it is named.
 */
export async function resumableJobs(journal: Journal): Promise<ReadJob[]> {
  const unfinished = (await journal.unfinishedJobs()).map(({ jobId }) => jobId);
  const newest = (await journal.runs(1)).flatMap(({ jobIds }) => jobIds);
  const jobs: ReadJob[] = [];
  for (const jobId of new Set([...unfinished, ...newest])) jobs.push(await readJob(jobId, journal));
  return jobs.filter(
    ({ state }) => state.status !== "finished" && !isGivenUp(state) && state.failure?.code !== "cancelled",
  );
}
