import type { JobRow, Journal } from "../../executor/ports.ts";
import type { JobEvent } from "../../job/event.ts";
import { isGivenUp, mayHavePaid, parkedTurn, turnInFlight, type JobState } from "../../job/state.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { findRun } from "../kept-jobs/find-run.ts";
import { isCancelled } from "../kept-jobs/is-cancelled.ts";
import { openJournalFor } from "../open-world.ts";
import { readJob } from "../kept-jobs/read-job.ts";
import { settingsFor } from "../settings.ts";

/** Sees to it that no further turn of a run or job is sent, whichever process drives it. */
export const cancel: Command = async (call) => {
  const journal = await openJournalFor(call, await settingsFor(call));
  try {
    const meant = await findRun(call.args[0] ?? "", journal);
    if (meant.kind === "job")
      return await cancelJob(await liveliest(meant.job, journal, call), journal, call);
    const { run } = meant;
    await journal.requestStop(run.runId);
    const codes: number[] = [];
    for (const jobId of run.jobIds) codes.push(await cancelJob(jobId, journal, call));
    if (run.finishedAtMs === undefined) call.screen.note(`${run.runId}: no further job of it is started.`);
    return worstExitCode(codes);
  } finally {
    await journal.close();
  }
};

/** Of several jobs with one name the newest that a process drives, else the newest that is not at rest. */
async function liveliest(newest: JobRow, journal: Journal, { args }: Call): Promise<string> {
  if (newest.name !== args[0]) return newest.jobId;
  const left = (await journal.unfinishedJobs()).filter(({ name }) => name === newest.name);
  for (const { jobId } of left) {
    const lock = await journal.lock(jobId);
    if (lock === undefined) return jobId;
    await lock.release();
  }
  return newest.status === "finished" ? (left[0]?.jobId ?? newest.jobId) : newest.jobId;
}

/** The exit code: 75 while a turn of it may be running. */
async function cancelJob(jobId: string, journal: Journal, { screen }: Call): Promise<number> {
  const lock = await journal.lock(jobId);
  try {
    const { state } = await readJob(jobId, journal);
    const stop = waysToStop(state, lock !== undefined);
    if (stop.record !== undefined) await journal.append(jobId, stop.record, state.seq);
    if (stop.isRequested) await journal.requestStop(jobId);
    screen.note(`${state.plan.name}: ${stop.says}`);
    return stop.mayBeLive ? exitCodes.mayBeLive : exitCodes.done;
  } finally {
    await lock?.release();
  }
}

interface WayToStop {
  readonly says: string;
  /** For whoever drives the job, or takes it up after a crash. */
  readonly isRequested: boolean;
  readonly record?: JobEvent;
  readonly mayBeLive: boolean;
}

function waysToStop(state: JobState, isOurs: boolean): WayToStop {
  const { jobId, status } = state;
  const turn = "a turn was sent, and may be running: it cannot be unpaid.";
  const isSent = turnInFlight(state) !== undefined;
  if (!isOurs) {
    const asked = "the process that drives it was asked to send no further turn.";
    const says = isSent ? `${turn} ${asked} What the turn makes is still fetched.` : asked;
    return { says, isRequested: true, mayBeLive: isSent };
  }
  if (status === "finished" || isGivenUp(state) || isCancelled(state))
    return {
      says: `it is at rest (${status}): there is nothing to stop.`,
      isRequested: false,
      mayBeLive: isSent,
    };
  if (parkedTurn(state) !== undefined) {
    const says = `${turn} \`nemo-recipe resolve ${jobId} --drop\` gives it up.`;
    return { says, isRequested: false, mayBeLive: true };
  }
  if (isSent) {
    const says = `${turn} \`nemo-recipe resume ${jobId}\` finds out, fetches what it made, and stops there.`;
    return { says, isRequested: true, mayBeLive: true };
  }
  return {
    says: `cancelled. ${whatIsLeft(state)}`,
    isRequested: false,
    record: cancelled(state),
    mayBeLive: false,
  };
}

function whatIsLeft(state: JobState): string {
  const { jobId } = state;
  if (!mayHavePaid(state)) return `Nothing was paid. \`nemo-recipe resume ${jobId}\` takes it up again.`;
  return `What is paid is kept: \`nemo-recipe recover\` fetches it, \`nemo-recipe resume ${jobId}\` takes it up again.`;
}

function cancelled(state: JobState): JobEvent {
  return {
    type: "job-failed",
    code: "cancelled",
    message: "the job was cancelled before its next turn",
    hint: whatIsLeft(state),
  };
}
