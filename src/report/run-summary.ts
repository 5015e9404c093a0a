import { cleanLine } from "../base/clean-text.ts";
import type { Report, RunCounts } from "../executor/ports.ts";
import { countOf } from "../base/count-of.ts";
import { creditsText } from "./credits-text.ts";
import type { FollowedJob } from "./follow-job.ts";
import { formatElapsed } from "./format-elapsed.ts";
import { failureText, nextStep } from "./next-step.ts";
import type { RunDigest } from "./run-digest.ts";
import type { View } from "./view.ts";

type RunFinished = Extract<Report, { readonly type: "run-finished" }>;

/** How a run ended, for people: what was made, what it cost, what is left, and the next step. */
export function runSummary(digest: RunDigest, finished: RunFinished, view: View): string[] {
  // One job's own last line has said it all, and nothing is said of a watch that was stopped before a file came.
  const isSaid = digest.onlyJob !== undefined || (finished.exitCode === 130 && isEmpty(finished));
  const headline = isSaid ? [] : [view.paint.bold(headlineText(digest, finished))];
  return [
    ...headline,
    ...troubleLines(digest, finished, view),
    ...unchangedLines(digest, view),
    ...pageLines(digest, view),
    ...closingLines(digest, finished, view),
  ];
}

function headlineText(digest: RunDigest, finished: RunFinished): string {
  const cost = digest.isLocal ? "local preview, nothing was paid" : costText(digest, finished);
  const { counts, files, elapsedMs } = finished;
  return [countsText(counts, files.length), formatElapsed(elapsedMs), cost].join(" · ");
}

/** The slots that a schedule of `up` worked off meanwhile have each had their own end. */
function isEmpty({ counts, files }: RunFinished): boolean {
  return files.length === 0 && Object.values(counts).every((count: number) => count === 0);
}

/** No figure of what was paid where nothing is known but what is set aside. */
function costText({ unsettled }: RunDigest, { credits, costUnknown }: RunFinished): string {
  const measured = creditsText(credits, costUnknown);
  if (unsettled.turns === 0) return measured;
  const reserved = `${countOf(unsettled.turns, "turn")} not settled: up to ${countOf(unsettled.credits, "credit")} reserved`;
  return credits === 0 ? reserved : `${measured}, ${reserved}`;
}

function countsText(counts: RunCounts, files: number): string {
  const parts = [
    ...(files > 0 ? [countOf(files, "video")] : []),
    ...(counts.succeeded > 0 && files === 0 ? [`${counts.succeeded} done`] : []),
    ...(counts.upToDate > 0 ? [`${counts.upToDate} up to date`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.needsYou > 0 ? [`${counts.needsYou} left for you`] : []),
    ...(counts.notStarted !== undefined ? [`${counts.notStarted} not started`] : []),
    ...(counts.leftOut !== undefined ? [`${countOf(counts.leftOut, "file")} left out`] : []),
    ...(counts.interrupted > 0 ? [`${counts.interrupted} interrupted`] : []),
  ];
  return parts.length === 0 ? "nothing to do" : parts.join(", ");
}

/** With one job its line stands right above; with several it may have scrolled away, so it is told once more. */
function troubleLines(digest: RunDigest, finished: RunFinished, { paint }: View): string[] {
  if (digest.jobs <= 1) return [];
  const told = digest.troubled.flatMap(({ job, failure }) =>
    failure === undefined
      ? []
      : [
          `  ${paint.bold(cleanLine(job.name))}: ${failureText(failure)}`,
          `    next: ${nextStep(failure, job.jobId)}`,
        ],
  );
  const untold =
    finished.counts.failed + finished.counts.needsYou - digest.troubled.length - digest.passedOver.length;
  return untold > 0 ? [...told, `  and ${untold} more: nemo-recipe show ${finished.runId}`] : told;
}

/** A video is delivered all the same, and among fifty others nobody reads what the service asked. */
function unchangedLines({ unchangedTurns, runId }: RunDigest, { paint }: View): string[] {
  if (unchangedTurns === 0) return [];
  const what = `${countOf(unchangedTurns, "turn")} changed nothing`;
  return [paint.yellow(`${what}: nemo-recipe show ${runId} tells what the service said`)];
}

function pageLines({ onlyJob, isLocal }: RunDigest, { pageLink, paint }: View): string[] {
  if (onlyJob?.session === undefined || pageLink === undefined || isLocal) return [];
  return [paint.dim(`session: ${cleanLine(pageLink(onlyJob.session))}`)];
}

function closingLines(digest: RunDigest, { exitCode, counts }: RunFinished, { paint }: View): string[] {
  const open = [...digest.running.values()].filter((job) => job.turnInFlight).map(nameOf);
  const atWork = open.length === 0 ? [] : [`a turn may still be running at the service: ${open.join(", ")}`];
  const wasIdle = digest.running.size === 0 && counts.interrupted === 0;
  if (exitCode === 130 && wasIdle) return [paint.yellow("stopped: no job was at work")];
  if (exitCode === 130) {
    return [
      ...atWork,
      paint.yellow("interrupted: what is paid is in the journal; `nemo-recipe resume` goes on"),
    ];
  }
  if (exitCode !== 75) return [...atWork, ...heldBackLines(digest, paint)];
  const busy = digest.passedOver.some(({ reason }) => reason === "busy") && digest.troubled.length === 0;
  return [
    ...atWork,
    ...heldBackLines(digest, paint),
    paint.yellow(
      busy
        ? "another process is at it: let it end; do not run it a second time"
        : "paid work may be live: do not run it a second time; `nemo-recipe resume` (or `resolve`) goes on",
    ),
  ];
}

function heldBackLines({ counts, runId }: RunDigest, paint: View["paint"]): string[] {
  if (counts.notStarted === undefined) return [];
  const others = countOf(counts.notStarted, "job");
  return [
    paint.yellow(
      `three jobs in a row were paid without a delivery, or nobody knows: ${others} not started, and nothing sent for them`,
    ),
    `  next: nemo-recipe show ${runId} tells what went wrong; with that mended, the same run makes the others, and pays for nothing twice`,
  ];
}

function nameOf({ job }: FollowedJob): string {
  return cleanLine(job.name);
}
