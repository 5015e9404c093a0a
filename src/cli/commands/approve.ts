import { reviewedDraft, type JobState } from "../../job/state.ts";
import type { Journal } from "../../executor/ports.ts";
import { jobBusy } from "../../journal/job-busy.ts";
import type { Command } from "../call.ts";
import { driveStored } from "../kept-jobs/drive-stored.ts";
import { openJournalFor } from "../open-world.ts";
import { readJob } from "../kept-jobs/read-job.ts";
import { reviewedJobs } from "../kept-jobs/reviewed-jobs.ts";
import { settingsFor } from "../settings.ts";
import { resumedOrder } from "../kept-jobs/stored-order.ts";

/** Lets jobs that wait for a review export what they have, and go on. */
export const approve: Command = async (call) => {
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  try {
    const jobs = await reviewedJobs(call.args[0] ?? "", { journal, config, command: "approve" });
    for (const { state } of jobs) await recordApproval(state, journal);
    return await driveStored(call, config, { command: "resume", orders: jobs.map(resumedOrder) });
  } finally {
    await journal.close();
  }
};

/** Under the job's lock, of the draft that waits now: another process may have decided since. */
async function recordApproval({ jobId }: JobState, journal: Journal): Promise<void> {
  const lock = await journal.lock(jobId);
  if (lock === undefined) throw jobBusy(jobId);
  try {
    const { state } = await readJob(jobId, journal);
    const key = reviewedDraft(state);
    if (key === undefined) return;
    await journal.append(
      jobId,
      { type: "review-decided", key, decision: "approve", by: "person" },
      state.seq,
    );
  } finally {
    await lock.release();
  }
}
