import { cleanLine } from "../../base/clean-text.ts";
import type { Journal } from "../../executor/ports.ts";
import { isRecoverable } from "../../job/is-recoverable.ts";
import { parkedTurn } from "../../job/state.ts";
import { countOf } from "../../base/count-of.ts";
import type { Call, Command } from "../call.ts";
import { driveStored } from "../kept-jobs/drive-stored.ts";
import { exitCodes } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import { paidFailures } from "../kept-jobs/paid-failures.ts";
import { readJob, type ReadJob } from "../kept-jobs/read-job.ts";
import { settingsFor } from "../settings.ts";
import { resumedOrder } from "../kept-jobs/stored-order.ts";

/** Fetches what is paid and was never delivered. Sends no turn: it could not, whatever the jobs ask for. */
export const recover: Command = async (call) => {
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  const { jobs, parked, failed } = await lookThrough(journal).finally(() => journal.close());
  if (jobs.length === 0) {
    call.screen.note(`Nothing to recover${whyNothing(failed.map(({ state }) => state.plan.name))}`);
    return sayParked(parked, call);
  }
  const code = await driveStored(call, config, {
    command: "recover",
    orders: jobs.map(resumedOrder),
    isFree: true,
  });
  return code === exitCodes.done ? sayParked(parked, call) : code;
};

interface Found {
  readonly jobs: readonly ReadJob[];
  readonly parked: number;
  /** Those that only a turn can bring on; looked for where there is nothing to fetch. */
  readonly failed: readonly ReadJob[];
}

async function lookThrough(journal: Journal): Promise<Found> {
  const jobs: ReadJob[] = [];
  let parked = 0;
  for (const { jobId, status } of await journal.findJobs("")) {
    if (status === "finished" || (await isDriven(jobId, journal))) continue;
    const job = await readJob(jobId, journal);
    if (parkedTurn(job.state) !== undefined) parked += 1;
    else if (isRecoverable(job.state)) jobs.push(job);
  }
  return { jobs, parked, failed: jobs.length > 0 ? [] : await paidFailures(journal) };
}

function whyNothing([first, ...others]: readonly string[]): string {
  if (first === undefined) return ": no work that is paid waits to be fetched.";
  const [who, whole] =
    others.length === 0
      ? [first, "it was"]
      : [`${first} and ${countOf(others.length, "other job")}`, "they were"];
  return `; ${cleanLine(who)} failed before ${whole} whole: \`nemo-recipe resume\` goes on.`;
}

/** Whoever drives a job fetches it by itself. */
async function isDriven(jobId: string, journal: Journal): Promise<boolean> {
  const lock = await journal.lock(jobId);
  await lock?.release();
  return lock === undefined;
}

function sayParked(parked: number, { screen }: Call): number {
  if (parked === 0) return exitCodes.done;
  const [waits, which] = parked === 1 ? ["waits", "it"] : ["wait", "them"];
  screen.alert(
    `${countOf(parked, "parked job")} ${waits} for a decision: \`nemo-recipe status\` lists ${which}.`,
  );
  return exitCodes.mayBeLive;
}
