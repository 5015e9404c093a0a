import type { Journal } from "../../executor/ports.ts";
import { isGivenUp, type JobState } from "../../job/state.ts";
import { readJobs, type ReadJob } from "./read-job.ts";

const isCancelled = ({ failure }: JobState): boolean => failure?.code === "cancelled";

/** What `resume` takes up unless it is told. What somebody cancelled or gave up goes on only when it is named. */
export async function resumableJobs(journal: Journal): Promise<ReadJob[]> {
  const rows = await journal.unfinishedJobs();
  const unfinished = await readJobs(
    rows.map(({ jobId }) => jobId),
    journal,
  );
  return [...unfinished.filter(({ state }) => !isCancelled(state)), ...(await lateFailures(journal))];
}

/** What failed in the newest run: with its cause gone it can go on. */
export async function lateFailures(journal: Journal): Promise<ReadJob[]> {
  const newest = (await journal.runs(1)).flatMap(({ jobIds }) => jobIds);
  const jobs = await readJobs(new Set(newest), journal);
  return jobs.filter(({ state }) => state.status === "failed" && !isGivenUp(state) && !isCancelled(state));
}
