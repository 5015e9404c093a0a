import type { Config } from "../../config/config.ts";
import type { Journal } from "../../executor/ports.ts";
import { isGivenUp, type JobState } from "../../job/state.ts";
import type { Call, Command } from "../call.ts";
import { driveStored } from "../kept-jobs/drive-stored.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import { jobsMeant } from "../kept-jobs/jobs-meant.ts";
import { resumableJobs, type ResumableJobs } from "../kept-jobs/resumable-jobs.ts";
import { settingsFor } from "../settings.ts";
import { reportError } from "../report-error.ts";
import { Stop } from "../stop.ts";
import { payingOrder, resumedOrder } from "../kept-jobs/stored-order.ts";

/** Goes on with what was interrupted or failed, of one run or job, or of all. */
export const resume: Command = async (call) => {
  const { args, screen } = call;
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  const { agreed, earlier } = await jobsToResume(args[0], journal).finally(() => journal.close());
  if (agreed.length === 0 && earlier.length === 0) {
    screen.note("Nothing to resume: no job waits to go on.");
    return exitCodes.done;
  }
  const code =
    agreed.length === 0
      ? exitCodes.done
      : await driveStored(call, config, { command: "resume", orders: agreed.map(resumedOrder) });
  if (earlier.length === 0 || code === exitCodes.interrupted) return code;
  return worstExitCode([code, await resumeEarlier({ agreed, earlier }, call, config)]);
};

/** What several of them still cost nobody has agreed to of late: without consent they are left, and the others are not. */
async function resumeEarlier(
  { agreed, earlier }: ResumableJobs,
  call: Call,
  config: Config,
): Promise<number> {
  try {
    return await driveStored(call, config, { command: "resume", orders: earlier.map(payingOrder) });
  } catch (error) {
    if (agreed.length === 0 || !(error instanceof Stop)) throw error;
    return reportError(error, { ...call, command: "resume" });
  }
}

async function jobsToResume(text: string | undefined, journal: Journal): Promise<ResumableJobs> {
  if (text === undefined) return resumableJobs(journal);
  const jobs = await jobsMeant(text, journal, canGoOn);
  return { agreed: jobs.filter(({ state }) => canGoOn(state)), earlier: [] };
}

const canGoOn = (state: JobState): boolean => state.status !== "finished" && !isGivenUp(state);
