import type { Journal } from "../../executor/ports.ts";
import { isGivenUp } from "../../job/state.ts";
import { isCancelled } from "./is-cancelled.ts";
import { paidFailures } from "./paid-failures.ts";
import { readJobs, unfinishedJobs, type ReadJob } from "./read-job.ts";

export interface ResumableJobs {
  /** Cut off, or failed in the newest run: what they cost was agreed to, and not long ago. */
  readonly agreed: readonly ReadJob[];
  /** Failed in an earlier run with a part of it paid, and nothing has been made in their place since. */
  readonly earlier: readonly ReadJob[];
}

/** What `resume` takes up unless it is told. What failed can go on with its cause gone. */
export async function resumableJobs(journal: Journal): Promise<ResumableJobs> {
  const unfinished = (await unfinishedJobs(journal)).filter(({ state }) => !isCancelled(state));
  const { newest, earlier } = await lateFailures(journal);
  return { agreed: [...unfinished, ...newest], earlier };
}

export interface LateFailures {
  readonly newest: readonly ReadJob[];
  readonly earlier: readonly ReadJob[];
}

/** What failed in the newest run, and what failed in any with a part of it paid. */
export async function lateFailures(journal: Journal): Promise<LateFailures> {
  const ofNewest = (await journal.runs(1)).flatMap(({ jobIds }) => jobIds);
  const jobs = await readJobs(new Set(ofNewest), journal);
  const newest = jobs.filter(
    ({ state }) => state.status === "failed" && !isGivenUp(state) && !isCancelled(state),
  );
  const known = new Set(newest.map(({ state }) => state.jobId));
  const paid = await paidFailures(journal);
  return { newest, earlier: paid.filter(({ state }) => !known.has(state.jobId)) };
}
