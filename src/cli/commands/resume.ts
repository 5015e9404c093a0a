import type { Config } from "../../config/config.ts";
import type { Journal } from "../../executor/ports.ts";
import { readFigures } from "../../executor/read-figures.ts";
import type { JobState } from "../../job/state.ts";
import { countOf } from "../../report/count-of.ts";
import type { Call, Command } from "../call.ts";
import { drive } from "../drive.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { findRun, type Meant } from "../find-run.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { openJournalFor, openWorld } from "../open-world.ts";
import { readJob } from "../read-job.ts";
import { moneyRules } from "../money-rules.ts";
import { settingsFor } from "../settings.ts";

/** Goes on with what was interrupted or failed, of one run or job, or of all. */
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
    const ids = text === undefined ? await usualJobs(journal) : jobsOf(await findRun(text, journal));
    const states: JobState[] = [];
    for (const jobId of ids) {
      const { state } = await readJob(jobId, journal);
      if (state.status !== "finished") states.push(state);
    }
    return states;
  } finally {
    await journal.close();
  }
}

/** What was cut off or waits for a person, and what failed in the newest run: with its cause gone it can go on. */
async function usualJobs(journal: Journal): Promise<readonly string[]> {
  const unfinished = (await journal.unfinishedJobs()).map(({ jobId }) => jobId);
  const newest = (await journal.runs(1)).flatMap(({ jobIds }) => jobIds);
  return [...new Set([...unfinished, ...newest])];
}

const jobsOf = (meant: Meant): readonly string[] =>
  meant.kind === "run" ? meant.run.jobIds : [meant.job.jobId];

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
    const others = states.filter(({ plan }) => plan.account !== id).length;
    if (others > 0)
      screen.note(
        `${countOf(others, "job")} began under another token: another account does not know their sessions.`,
      );
    const limit = flags.concurrency ?? config.concurrency;
    const outcome = await drive(call, world, {
      runId: world.newId("run"),
      orders: states.map(({ jobId, plan: { name, recipe } }) => ({ kind: "resumed", jobId, name, recipe })),
      concurrency: { all: limit, ofRecipe: () => limit },
      overwrite: flags.overwrite === true,
      money: moneyRules({
        backend,
        budget: config.budget,
        maxCredits: flags.maxCredits !== undefined,
        recipes: [],
        figures: await readFigures(
          backend,
          states.map(({ plan }) => plan),
          world.journal,
        ),
      }),
      signal,
    });
    return outcome.exitCode;
  } finally {
    await world.close();
  }
}
