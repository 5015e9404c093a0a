import { unreachable } from "../base/assert.ts";
import { cleanLine } from "../base/clean-text.ts";
import type { SkipReason } from "../executor/ports.ts";
import { countOf } from "../base/count-of.ts";
import { creditsText } from "./credits-text.ts";
import { fileFactsText } from "./file-facts-text.ts";
import type { FollowedJob, ShownFile } from "./follow-job.ts";
import { formatElapsed } from "./format-elapsed.ts";
import { failureText, nextStep } from "./next-step.ts";

/** How a job ended: one line, and for trouble the next step as a second. Without the job's name. */
export function jobEndLines(job: FollowedJob, atMs: number): string[] {
  const { end, failure } = job;
  const facts = [formatElapsed(atMs - job.startedAtMs), ...costTexts(job)].join(" · ");
  if (end === "finished") return [`done in ${facts}`];
  if (failure === undefined) return [];
  const what = end === "needs-you" ? "needs you" : "failed";
  return [`${what}: ${failureText(failure)} · ${facts}`, `next: ${nextStep(failure, job.job.jobId)}`];
}

/** Nothing where nothing was asked for: what was made before costs nothing now. */
function costTexts({ credits, costUnknown, plan }: FollowedJob): string[] {
  if (plan?.backend === "local") return ["local preview, nothing was paid"];
  if (credits === 0 && !costUnknown) return [];
  return [creditsText(credits, costUnknown)];
}

/** `delivered out/promo.mp4 (3.2 MB, 15.0 s, 1920×1080)` */
export function deliveredText({ path, facts, unmet }: ShownFile): string {
  const differs = unmet.length === 0 ? "" : `, but ${unmet.map((text) => cleanLine(text)).join("; ")}`;
  return `delivered ${cleanLine(path, 1000)} (${fileFactsText(facts)})${differs}`;
}

/** `preview out/promo.preview.mp4 (210 kB, 15.0 s, 640×360)` */
export function previewLines({ preview }: FollowedJob): string[] {
  return preview === undefined ? [] : [deliveredText(preview).replace(/^delivered/, "preview")];
}

/** What a job has made, short: the facts of one file, or how many files. */
export function madeText(files: readonly ShownFile[]): string {
  const [only, ...more] = files;
  if (only === undefined) return "nothing new to fetch";
  return more.length === 0 ? fileFactsText(only.facts) : countOf(files.length, "file");
}

export function skipText(reason: SkipReason, jobId: string): string {
  switch (reason) {
    case "up-to-date":
      return "up to date";
    case "busy":
      return "passed over: another process is driving it";
    case "parked":
      return `passed over: it waits for you; see \`nemo-recipe show ${jobId}\``;
    case "stopped":
      return "not started";
    case "cancelled":
      return "not started: cancelled";
    case "held-back":
      return "not started: three jobs in a row were paid without a delivery, or nobody knows";
    default:
      return unreachable(reason);
  }
}
