import { cleanLine } from "../../base/clean-text.ts";
import type { JobRow, Journal } from "../../executor/ports.ts";
import { failureText, nextStep } from "../../report/next-step.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { openJournalFor } from "../open-world.ts";
import { readJob } from "../read-job.ts";
import { settingsFor } from "../settings.ts";

type Standing = "running" | "interrupted" | "needs-you";

/** Shows the jobs that are not finished: at work in some process, cut off, or waiting for a person. */
export const status: Command = async (call) => {
  const { flags, screen } = call;
  const journal = await openJournalFor(call, await settingsFor(call));
  try {
    const rows = await journal.unfinishedJobs();
    for (const row of rows) {
      const standing = await standingOf(row, journal);
      if (flags.json === true) screen.out(JSON.stringify({ ...row, standing }));
      else for (const line of await lines(row, standing, { call, journal })) screen.out(line);
    }
    if (rows.length === 0 && flags.json !== true) screen.out("Nothing is running, waiting or left for you.");
    return exitCodes.done;
  } finally {
    await journal.close();
  }
};

/** Whoever drives a job holds its lock. */
async function standingOf({ jobId, status }: JobRow, journal: Journal): Promise<Standing> {
  const lock = await journal.lock(jobId);
  if (lock === undefined) return "running";
  await lock.release();
  return status === "needs-you" ? "needs-you" : "interrupted";
}

async function lines(
  { jobId, name }: JobRow,
  standing: Standing,
  { call, journal }: { readonly call: Call; readonly journal: Journal },
): Promise<string[]> {
  const { bold, green, yellow } = call.screen.outPaint;
  const title = `${bold(cleanLine(name))}  ${jobId}`;
  if (standing === "running") return [`${green("●")} ${title}  at work in another process`];
  const { failure } = (await readJob(jobId, journal)).state;
  if (standing === "interrupted" || failure === undefined)
    return [`${yellow("!")} ${title}  cut off`, "  next: nemo-recipe resume"];
  return [`${yellow("!")} ${title}  ${failureText(failure)}`, `  next: ${nextStep(failure, jobId)}`];
}
