import { countOf } from "../base/count-of.ts";
import { creditsText } from "../report/credits-text.ts";
import { formatElapsed } from "../report/format-elapsed.ts";
import { formatBytes } from "../report/format-bytes.ts";
import type { Notice, NoticeFile, NoticeJob, NoticeTrouble } from "../report/notice.ts";

/** How one chat writes text that is meant as text, and what stands out; and how much of it a message may hold. */
export interface Markup {
  /** Jobs of a kind: more would hide what matters. */
  readonly mostJobs: number;
  /** Characters of a message or a path. */
  readonly mostText: number;
  readonly plain: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** `✗ promo: 1 failed, 3 done` */
export function headline({ on, title }: Notice): string {
  const sign = on.includes("failed") ? "✗" : on.includes("needs-you") || on.includes("budget") ? "!" : "✓";
  return `${sign} ${title}`;
}

/** A notice for people in a chat, without its headline: a few lines, whatever the run. */
export function messageLines(notice: Notice, markup: Markup): string[] {
  const { trouble, jobs, run, counts } = notice;
  const troubled = jobs.filter(({ end }) => end !== "finished");
  const finished = jobs.filter(({ end }) => end === "finished");
  const troubles = counts.failed + counts.needsYou + counts.budget;
  return [
    ...(trouble === undefined ? [] : troubleLines(trouble, markup)),
    ...troubled.slice(0, markup.mostJobs).flatMap((job) => troubledLines(job, markup)),
    ...moreLines(troubles - Math.min(troubled.length, markup.mostJobs), run, markup),
    ...finished.slice(0, markup.mostJobs).map((job) => finishedLine(job, markup)),
    ...moreLines(counts.finished - Math.min(finished.length, markup.mostJobs), run, markup),
    markup.plain(factsText(notice)),
  ];
}

function troubledLines({ name, end, trouble }: NoticeJob, markup: Markup): string[] {
  const what = end === "needs-you" ? "needs you" : end === "budget" ? "waits" : "failed";
  const head = `${markup.strong(name)} ${what}`;
  if (trouble === undefined) return [head];
  const [first = "", ...rest] = troubleLines(trouble, markup);
  return [`${head}: ${first}`, ...rest];
}

function troubleLines({ message, code, next }: NoticeTrouble, { plain, mostText }: Markup): string[] {
  return [
    plain(`${cut(message, mostText)} (${code})`),
    ...(next === undefined ? [] : [plain(`next: ${cut(next, mostText)}`)]),
  ];
}

function finishedLine({ name, files }: NoticeJob, { plain, strong, mostText }: Markup): string {
  const [first, ...others] = files;
  if (first === undefined) return strong(name);
  const more = others.length === 0 ? "" : ` and ${countOf(others.length, "file")} more`;
  return `${strong(name)}: ${plain(`${fileText(first, mostText)}${more}`)}`;
}

function fileText({ shownPath, sizeBytes, durationMs }: NoticeFile, mostText: number): string {
  const seconds = durationMs === undefined ? "" : `, ${(durationMs / 1000).toFixed(1)} s`;
  return `${cut(shownPath, mostText)} (${formatBytes(sizeBytes)}${seconds})`;
}

function moreLines(count: number, run: string | undefined, { plain }: Markup): string[] {
  if (count <= 0) return [];
  return [plain(`and ${count} more${run === undefined ? "" : `: nemo-recipe show ${run}`}`)];
}

function factsText({ local, credits, costUnknown, elapsedMs, run }: Notice): string {
  const cost = local ? "local preview, nothing was paid" : creditsText(credits, costUnknown);
  return run === undefined ? "" : [formatElapsed(elapsedMs), cost, run].join(" · ");
}

const cut = (text: string, mostText: number): string =>
  text.length <= mostText ? text : `${text.slice(0, mostText - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
