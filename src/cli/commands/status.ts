import { cleanLine } from "../../base/clean-text.ts";
import type { Config } from "../../config/config.ts";
import type { JobRow, Journal } from "../../executor/ports.ts";
import { parkedTurn } from "../../job/state.ts";
import { countOf } from "../../report/count-of.ts";
import { failureText, nextStep, nextStepOn } from "../../report/next-step.ts";
import { backendElsewhere } from "../backend-elsewhere.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import { nextLines } from "../schedule/next-slots.ts";
import { knownSlots } from "../schedule/known-slots.ts";
import { readJob } from "../read-job.ts";
import { resumableJobs } from "../resumable-jobs.ts";
import { settingsFor } from "../settings.ts";

const slotsShown = 5;

type Standing = "running" | "interrupted" | "parked" | "needs-you" | "failed";

/** Shows the jobs that are not finished: at work in some process, cut off, failed in the newest run, or waiting for a person; and what comes next. */
export const status: Command = async (call) => {
  const { flags, screen } = call;
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  try {
    const rows = [...(await journal.unfinishedJobs()), ...(await failedRows(journal))];
    for (const row of rows) {
      const standing = await standingOf(row, journal);
      const { reserved } = await journal.spent({ sinceMs: 0, jobId: row.jobId });
      if (flags.json === true) screen.out(JSON.stringify({ type: "job", ...row, standing, reserved }));
      else for (const line of await lines(row, standing, { call, config, journal })) screen.out(line);
    }
    const { reserved } = await journal.spent({ sinceMs: 0 });
    const known = await knownSlots(call, config, slotsShown);
    if (flags.json === true) {
      for (const slot of known.slots) screen.out(JSON.stringify({ type: "next-slot", ...slot }));
      screen.out(JSON.stringify({ type: "status", unfinished: rows.length, reserved }));
      return exitCodes.done;
    }
    if (rows.length === 0) screen.out("Nothing is running, waiting or left for you.");
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

/** What failed in the newest run, and can go on once its cause is gone. */
async function failedRows(journal: Journal): Promise<JobRow[]> {
  const jobs = await resumableJobs(journal);
  return jobs.flatMap(({ state: { jobId, runId, status, plan }, updatedAtMs }) =>
    status === "failed" ? [{ jobId, name: plan.name, recipe: plan.recipe, runId, status, updatedAtMs }] : [],
  );
}

/** Whoever drives a job holds its lock. */
async function standingOf({ jobId, status }: JobRow, journal: Journal): Promise<Standing> {
  const lock = await journal.lock(jobId);
  if (lock === undefined) return "running";
  await lock.release();
  if (status === "failed") return "failed";
  if (status !== "needs-you") return "interrupted";
  return parkedTurn((await readJob(jobId, journal)).state) === undefined ? "needs-you" : "parked";
}

async function lines(
  { jobId, name }: JobRow,
  standing: Standing,
  { call, config, journal }: { readonly call: Call; readonly config: Config; readonly journal: Journal },
): Promise<string[]> {
  const { bold, green, yellow } = call.screen.outPaint;
  const title = `${bold(cleanLine(name))}  ${jobId}`;
  if (standing === "running") {
    const stop = (await journal.isStopRequested(jobId)) ? ", asked to stop before its next turn" : "";
    return [`${green("●")} ${title}  at work in another process${stop}`];
  }
  const { failure, plan } = (await readJob(jobId, journal)).state;
  const backend = backendElsewhere(plan, config);
  if (standing === "interrupted" || failure === undefined) {
    const where = backend === undefined ? "" : ` --backend ${backend}`;
    return [`${yellow("!")} ${title}  cut off`, `  next: nemo-recipe resume ${jobId}${where}`];
  }
  const step = nextStep(failure, jobId);
  const next = backend === undefined ? step : nextStepOn(step, backend);
  return [`${yellow("!")} ${title}  ${failureText(failure)}`, `  next: ${next}`];
}
