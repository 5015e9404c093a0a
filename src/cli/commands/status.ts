import { cleanLine } from "../../base/clean-text.ts";
import type { Config } from "../../config/config.ts";
import type { JobRow, Journal } from "../../executor/ports.ts";
import { parkedTurn, type JobState } from "../../job/state.ts";
import { countOf } from "../../base/count-of.ts";
import { failureText, nextStep, nextStepOn } from "../../report/next-step.ts";
import { reviewOver } from "../../report/review-over.ts";
import { backendElsewhere } from "../backend-elsewhere.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import { nextLines } from "../schedule/next-slots.ts";
import { knownSlots } from "../schedule/known-slots.ts";
import { unfinishedJobs, type ReadJob } from "../kept-jobs/read-job.ts";
import { lateFailures } from "../kept-jobs/resumable-jobs.ts";
import { settingsFor } from "../settings.ts";
import { wallClock } from "../wall-clock.ts";

const slotsShown = 5;

type Standing = "running" | "interrupted" | "parked" | "needs-you" | "failed";

/** Shows the jobs that are not finished: at work in some process, cut off, failed in the newest run or after a part was paid, or waiting for a person; and what comes next. */
export const status: Command = async (call) => {
  const { flags, screen } = call;
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  try {
    const { newest, earlier } = await lateFailures(journal);
    const listed = [...(await unfinishedJobs(journal)), ...newest, ...earlier];
    for (const job of listed) {
      const { state } = job;
      const standing = await standingOf(state, journal);
      const { reserved } = await journal.spent({ sinceMs: 0, jobId: state.jobId });
      if (flags.json === true) screen.out(JSON.stringify({ type: "job", ...rowOf(job), standing, reserved }));
      else for (const line of await lines(state, standing, { call, config, journal })) screen.out(line);
    }
    const { reserved } = await journal.spent({ sinceMs: 0 });
    const known = await knownSlots(call, config, slotsShown);
    if (flags.json === true) {
      for (const slot of known.slots) screen.out(JSON.stringify({ type: "next-slot", ...slot }));
      screen.out(JSON.stringify({ type: "status", unfinished: listed.length, reserved }));
      return exitCodes.done;
    }
    if (listed.length === 0) screen.out("Nothing is running, waiting or left for you.");
    if (reserved > 0) screen.out(`${countOf(reserved, "credit")} reserved for turns that are not settled.`);
    if (known.slots.length > 0) screen.out("Next slots:");
    for (const line of nextLines(known.slots)) screen.out(`  ${line}`);
    for (const file of known.unreadable)
      screen.note(`${file} is wrong, and its slots are not shown: nemo-recipe validate says why.`);
    return exitCodes.done;
  } finally {
    await journal.close();
  }
};

function rowOf({ state: { jobId, plan, runId, status }, updatedAtMs }: ReadJob): JobRow {
  return { jobId, name: plan.name, recipe: plan.recipe, runId, status, updatedAtMs };
}

/** Whoever drives a job holds its lock. */
async function standingOf(state: JobState, journal: Journal): Promise<Standing> {
  const lock = await journal.lock(state.jobId);
  if (lock === undefined) return "running";
  await lock.release();
  if (state.status === "failed") return "failed";
  if (state.status !== "needs-you") return "interrupted";
  return parkedTurn(state) === undefined ? "needs-you" : "parked";
}

async function lines(
  state: JobState,
  standing: Standing,
  { call, config, journal }: { readonly call: Call; readonly config: Config; readonly journal: Journal },
): Promise<string[]> {
  const { jobId, plan, failure } = state;
  const { bold, green, yellow } = call.screen.outPaint;
  const title = `${bold(cleanLine(plan.name))}  ${jobId}`;
  if (standing === "running") {
    const stop = (await journal.isStopRequested(jobId)) ? ", asked to stop before its next turn" : "";
    return [`${green("●")} ${title}  at work in another process${stop}`];
  }
  const backend = backendElsewhere(plan, config);
  if (standing === "interrupted" || failure === undefined) {
    const where = backend === undefined ? "" : ` --backend ${backend}`;
    return [`${yellow("!")} ${title}  cut off`, `  next: nemo-recipe resume ${jobId}${where}`];
  }
  const over = reviewOver(state, wallClock.now());
  const step = over?.next ?? nextStep(failure, jobId);
  const next = backend === undefined ? step : nextStepOn(step, backend);
  return [`${yellow("!")} ${title}  ${over?.text ?? failureText(failure)}`, `  next: ${next}`];
}
