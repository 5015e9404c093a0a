import type { Journal } from "../../executor/ports.ts";
import { isGivenUp, type JobState } from "../../job/state.ts";
import type { Command } from "../call.ts";
import { driveStored } from "../kept-jobs/drive-stored.ts";
import { exitCodes } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import type { ReadJob } from "../kept-jobs/read-job.ts";
import { jobsMeant } from "../kept-jobs/jobs-meant.ts";
import { resumableJobs } from "../kept-jobs/resumable-jobs.ts";
import { settingsFor } from "../settings.ts";
import { resumedOrder } from "../kept-jobs/stored-order.ts";

/** Goes on with what was interrupted or failed, of one run or job, or of all. */
export const resume: Command = async (call) => {
  const { args, screen } = call;
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  const jobs = await unfinished(args[0], journal).finally(() => journal.close());
  if (jobs.length === 0) {
    screen.note("Nothing to resume: no job waits to go on.");
    return exitCodes.done;
  }
  return driveStored(call, config, { command: "resume", orders: jobs.map(resumedOrder) });
};

async function unfinished(text: string | undefined, journal: Journal): Promise<ReadJob[]> {
  if (text === undefined) return resumableJobs(journal);
  const jobs = await jobsMeant(text, journal, canGoOn);
  return jobs.filter(({ state }) => canGoOn(state));
}

const canGoOn = (state: JobState): boolean => state.status !== "finished" && !isGivenUp(state);
