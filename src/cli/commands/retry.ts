import type { Journal } from "../../executor/ports.ts";
import {
  isGivenUp,
  mayBeLive,
  mayHavePaid,
  parkedTurn,
  spentCredits,
  turnInFlight,
  type JobState,
} from "../../job/state.ts";
import { creditsText } from "../../report/credits-text.ts";
import type { Call, Command } from "../call.ts";
import { driveStored } from "../kept-jobs/drive-stored.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { freshOrder } from "../kept-jobs/fresh-order.ts";
import { isCancelled } from "../kept-jobs/is-cancelled.ts";
import { jobsMeant } from "../kept-jobs/jobs-meant.ts";
import { jobsWithFile } from "../kept-jobs/jobs-with-file.ts";
import { openJournalFor } from "../open-world.ts";
import { readJobs, unfinishedJobs, type ReadJob } from "../kept-jobs/read-job.ts";
import { settingsFor } from "../settings.ts";
import { usage } from "../stop.ts";
import { payingOrder, type StoredOrder } from "../kept-jobs/stored-order.ts";

/** Makes failed jobs again, from the first step that did not succeed; with --again all of them, from the start. */
export const retry: Command = async (call) => {
  const { flags, screen } = call;
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  const { orders, codes } = await choose(call, journal).finally(() => journal.close());
  if (orders.length === 0) {
    if (codes.length === 0)
      screen.note(
        flags.again === true ? "There is nothing to make again." : "Nothing to retry: no job has failed.",
      );
    return worstExitCode(codes);
  }
  return worstExitCode([...codes, await driveStored(call, config, { command: "retry", orders })]);
};

interface Chosen {
  readonly orders: readonly StoredOrder[];
  /** For jobs that cannot be retried, each of which has been told of. */
  readonly codes: readonly number[];
}

async function choose(call: Call, journal: Journal): Promise<Chosen> {
  const jobs = await wanted(call, journal);
  const orders: StoredOrder[] = [];
  const codes: number[] = [];
  for (const { state } of jobs) {
    const refused = whyNot(state, call.flags.again === true);
    if (refused !== undefined) {
      call.screen.alert(`${state.plan.name}: ${refused.says}`);
      codes.push(refused.code);
    } else if (call.flags.again === true) orders.push(await freshOrder(state, journal));
    else if (state.status === "failed") orders.push(payingOrder({ state }));
  }
  return { orders, codes };
}

async function wanted({ args, io }: Call, journal: Journal): Promise<readonly ReadJob[]> {
  const [text] = args;
  if (text === undefined) return latestFailures(journal);
  const users = await jobsWithFile(text, journal, io.cwd);
  if (users === undefined) return jobsMeant(text, journal);
  if (users.length === 0)
    throw usage(
      `no job in this state folder used ${text}.`,
      "nemo-recipe runs lists what there is.",
      "unknown-run",
    );
  return newestOfEach(users);
}

/** Of several takes or runs with one name only the newest counts. */
function newestOfEach(jobs: readonly ReadJob[]): ReadJob[] {
  const byName = new Map<string, ReadJob>();
  for (const job of jobs) if (!byName.has(job.state.plan.name)) byName.set(job.state.plan.name, job);
  return [...byName.values()];
}

/** The jobs of the newest run in which one failed and has not been made since. */
async function latestFailures(journal: Journal): Promise<readonly ReadJob[]> {
  for (const { jobIds } of await journal.runs()) {
    const jobs = (await readJobs(jobIds, journal)).filter(({ state }) => !isCancelled(state));
    if (jobs.some(({ state }) => state.status === "failed" && !isGivenUp(state))) return jobs;
  }
  return liveJobs(journal);
}

/** None has failed; but who asks should hear of those whose turn may be running. */
async function liveJobs(journal: Journal): Promise<readonly ReadJob[]> {
  return (await unfinishedJobs(journal)).filter(({ state }) => mayBeLive(state));
}

interface Refused {
  readonly says: string;
  readonly code: number;
}

function whyNot(state: JobState, again: boolean): Refused | undefined {
  const { jobId, status } = state;
  if (parkedTurn(state) !== undefined)
    return {
      says: `it waits for a decision: \`nemo-recipe show ${jobId}\``,
      code: exitCodes.mayBeLive,
    };
  if (status === "going" || turnInFlight(state) !== undefined)
    return { says: `it is not finished: \`nemo-recipe resume ${jobId}\` goes on`, code: exitCodes.mayBeLive };
  if (again) return undefined;
  if (isGivenUp(state))
    return {
      says: `it was given up: \`nemo-recipe retry ${jobId} --again\` makes it anew`,
      code: exitCodes.failed,
    };
  if (state.failure?.code === "session-lost" && mayHavePaid(state))
    return { says: lostText(state), code: exitCodes.failed };
  if (status === "needs-you")
    return { says: `it waits for you: \`nemo-recipe show ${jobId}\``, code: exitCodes.failed };
  return undefined;
}

function lostText(state: JobState): string {
  const { credits, unknown } = spentCredits(state);
  const paid = creditsText(credits, unknown);
  return `the service has forgotten its session (${paid}). Only a fresh take is left, which is paid anew: \`nemo-recipe retry ${state.jobId} --again\``;
}
