import { assert } from "../../base/assert.ts";
import type { Config } from "../../config/config.ts";
import { stateOf } from "../../job/fold.ts";
import type { JobState } from "../../job/state.ts";
import { countOf } from "../../report/count-of.ts";
import type { Call, Command } from "../call.ts";
import { drive } from "../drive.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { findRun } from "../find-run.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { openJournalFor, openWorld } from "../open-world.ts";
import { settingsFor } from "../settings.ts";

/** Goes on with what was interrupted, of one run or job, or of all. */
export const resume: Command = async (call) => {
  const { io, screen } = call;
  const config = await settingsFor(call);
  const states = await unfinished(call, config);
  if (states.length === 0) {
    screen.note("Nothing to resume: every job is finished.");
    return exitCodes.done;
  }
  const interrupt = listenForInterrupt(io, screen);
  const codes: number[] = [];
  try {
    for (const [backend, group] of Map.groupBy(states, ({ plan }) => plan.backend)) {
      if (interrupt.signal.aborted) break;
      codes.push(await resumeOn(backend, group, { call, config, signal: interrupt.signal }));
    }
    return worstExitCode(codes);
  } catch (error) {
    if (interrupt.signal.aborted && error === interrupt.signal.reason) return exitCodes.interrupted;
    throw error;
  } finally {
    interrupt.release();
  }
};

async function unfinished(call: Call, config: Config): Promise<JobState[]> {
  const journal = await openJournalFor(call, config);
  try {
    const [text] = call.args;
    const meant = text === undefined ? undefined : await findRun(text, journal);
    const rows = (await journal.unfinishedJobs()).filter(({ jobId }) => {
      if (meant === undefined) return true;
      return meant.kind === "run" ? meant.run.jobIds.includes(jobId) : meant.job.jobId === jobId;
    });
    const states: JobState[] = [];
    for (const { jobId } of rows) {
      const state = stateOf(await journal.read(jobId));
      assert(state !== undefined, "a job that is listed has events");
      states.push(state);
    }
    return states;
  } finally {
    await journal.close();
  }
}

interface ResumeContext {
  readonly call: Call;
  readonly config: Config;
  readonly signal: AbortSignal;
}

/** Jobs go on where they began: the token of one service is never shown to another. */
async function resumeOn(
  backend: string,
  states: readonly JobState[],
  { call, config, signal }: ResumeContext,
): Promise<number> {
  const { screen, flags } = call;
  if (backend !== "local" && backend !== new URL(config.apiUrl).origin) {
    screen.alert(
      `${countOf(states.length, "job")} began on ${backend}: nemo-recipe resume --backend ${backend}`,
    );
    return exitCodes.failed;
  }
  const world = await openWorld(
    call,
    { ...config, backend: backend === "local" ? "local" : "cloud" },
    signal,
  );
  try {
    const { id } = await world.service.account();
    const mine = states.filter(({ plan }) => plan.account === id);
    const others = states.length - mine.length;
    if (others > 0)
      screen.alert(
        `${countOf(others, "job")} began under another account: set the NEMO_TOKEN that they began with.`,
      );
    if (mine.length === 0) return exitCodes.failed;
    const limit = flags.concurrency ?? config.concurrency;
    const outcome = await drive(call, world, {
      runId: world.newId("run"),
      orders: mine.map(({ jobId, plan: { name, recipe } }) => ({ kind: "resumed", jobId, name, recipe })),
      concurrency: { all: limit, ofRecipe: () => limit },
      overwrite: flags.overwrite === true,
      signal,
    });
    return worstExitCode([outcome.exitCode, others > 0 ? exitCodes.failed : exitCodes.done]);
  } finally {
    await world.close();
  }
}
