import { assert } from "../../base/assert.ts";
import type { Journal } from "../../executor/ports.ts";
import type { RecordedEvent } from "../../job/event.ts";
import { stateOf } from "../../job/fold.ts";
import type { ShownJob } from "../../report/show-job.ts";

export interface ReadJob extends ShownJob {
  readonly events: readonly RecordedEvent[];
}

/** Jobs as the journal knows them, in the order of their ids. */
export async function readJobs(jobIds: Iterable<string>, journal: Journal): Promise<ReadJob[]> {
  const jobs: ReadJob[] = [];
  for (const jobId of jobIds) jobs.push(await readJob(jobId, journal));
  return jobs;
}

/** What has not come to its end, as the journal knows it. */
export async function unfinishedJobs(journal: Journal): Promise<ReadJob[]> {
  const rows = await journal.unfinishedJobs();
  return readJobs(
    rows.map(({ jobId }) => jobId),
    journal,
  );
}

/** A job as the journal knows it. */
export async function readJob(jobId: string, journal: Journal): Promise<ReadJob> {
  const events = await journal.read(jobId);
  const state = stateOf(events);
  assert(state !== undefined, `the job ${jobId} is listed and has no events`);
  return { state, events, startedAtMs: events[0]?.atMs ?? 0, updatedAtMs: events.at(-1)?.atMs ?? 0 };
}
