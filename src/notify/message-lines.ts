import { countOf } from "../report/count-of.ts";
import { creditsText } from "../report/credits-text.ts";
import { formatElapsed } from "../report/format-elapsed.ts";
import { formatBytes } from "../report/format-bytes.ts";
import type { Notice, NoticeFile, NoticeJob, NoticeTrouble } from "../report/notice.ts";

/** More would hide in a chat what matters. */
const mostShown = 5;
const mostText = 200;

/** How one chat writes text that is meant as text, and what stands out. */
export interface Markup {
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
    ...troubled.slice(0, mostShown).flatMap((job) => troubledLines(job, markup)),
    ...moreLines(troubles - Math.min(troubled.length, mostShown), run, markup),
    ...finished.slice(0, mostShown).map((job) => finishedLine(job, markup)),
    ...moreLines(counts.finished - Math.min(finished.length, mostShown), run, markup),
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

function troubleLines({ message, code, next }: NoticeTrouble, { plain }: Markup): string[] {
  return [plain(`${cut(message)} (${code})`), ...(next === undefined ? [] : [plain(`next: ${cut(next)}`)])];
}

function finishedLine({ name, files }: NoticeJob, { plain, strong }: Markup): string {
  const [first, ...others] = files;
  if (first === undefined) return strong(name);
  const more = others.length === 0 ? "" : ` and ${countOf(others.length, "file")} more`;
  return `${strong(name)}: ${plain(`${fileText(first)}${more}`)}`;
}

function fileText({ shownPath, sizeBytes, durationMs }: NoticeFile): string {
  const seconds = durationMs === undefined ? "" : `, ${(durationMs / 1000).toFixed(1)} s`;
  return `${cut(shownPath)} (${formatBytes(sizeBytes)}${seconds})`;
}

function moreLines(count: number, run: string | undefined, { plain }: Markup): string[] {
  if (count <= 0) return [];
  return [plain(`and ${count} more${run === undefined ? "" : `: nemo-recipe show ${run}`}`)];
}

function factsText({ local, credits, costUnknown, elapsedMs, run }: Notice): string {
  const cost = local ? "local preview, nothing was paid" : creditsText(credits, costUnknown);
  return run === undefined ? "" : [formatElapsed(elapsedMs), cost, run].join(" · ");
}

const cut = (text: string): string =>
  text.length <= mostText ? text : `${text.slice(0, mostText - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
