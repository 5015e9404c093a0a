// report/: Events become lines, JSON, a page: pure functions; somebody else writes them.
import { cleanLine } from "../base/clean-text.ts";
import type { Report } from "../executor/ports.ts";
import type { JobEvent, Signal } from "../job/event.ts";
import { countOf } from "../base/count-of.ts";
import { creditsText } from "./credits-text.ts";
import { followJob, placeOf, startedJob, type FollowedJob, type JobReport } from "./follow-job.ts";
import { deliveredText, jobEndLines, previewLines, skipText } from "./job-end-lines.ts";
import { failureText } from "./next-step.ts";
import { digestRun, emptyDigest, type RunDigest } from "./run-digest.ts";
import { runSummary } from "./run-summary.ts";
import { saidLines } from "./said-lines.ts";
import { quoted, stepAfterEvent, stepAfterSignal, type StepText } from "./step-text.ts";
import type { View } from "./view.ts";

/** What has been printed of the step that a job is at, so that a line comes only with a change. */
interface Printed {
  readonly text: string;
  /** Of the step, in quarters. */
  readonly quarter: number;
  readonly atMs: number;
}

/** What is done sooner needs no quarters. */
const quarterEveryMs = 10_000;

export interface PlainState {
  readonly digest: RunDigest;
  readonly printed: ReadonlyMap<string, Printed>;
}

export const plainStart: PlainState = { digest: emptyDigest, printed: new Map() };

/** Plain mode: one line a change and no cursor codes, for logs, pipes and CI. */
export function plainLines(
  state: PlainState,
  report: Report,
  view: View,
): { readonly state: PlainState; readonly lines: readonly string[] } {
  const digest = digestRun(state.digest, report);
  switch (report.type) {
    case "run-started": {
      const lines = report.jobs <= 1 ? [] : [`run ${report.runId}: ${countOf(report.jobs, "job")}`];
      return { state: { digest, printed: new Map() }, lines };
    }
    case "run-finished":
      return { state: { ...state, digest }, lines: runSummary(digest, report, view) };
    default: {
      const { printed, lines } = jobLines(state, report);
      const name = cleanLine(report.job.name);
      return { state: { digest, printed }, lines: lines.map((line) => `${name}: ${line}`) };
    }
  }
}

interface JobLines {
  readonly printed: PlainState["printed"];
  readonly lines: readonly string[];
}

function jobLines(state: PlainState, report: JobReport): JobLines {
  const { jobId } = report.job;
  const { printed } = state;
  if (report.type === "job-skipped") return { printed, lines: [skipText(report.reason, jobId)] };
  if (report.type === "job-started") return { printed, lines: ["started"] };
  const after = followJob(state.digest.running.get(jobId) ?? startedJob(report), report);
  const step =
    report.type === "job-event" ? stepAfterEvent(after, report.event) : stepAfterSignal(after, report.signal);
  const progress = step && progressLine(step, report.atMs, printed.get(jobId));
  const said =
    report.type === "job-event"
      ? eventLines(report.event, { after, atMs: report.atMs, printed: printed.get(jobId) })
      : signalLines(report.signal);
  const lines = progress === undefined ? said : [...said, progress.line];
  const isOver = report.type === "job-event" && step === undefined;
  return { printed: isOver ? without(printed, jobId) : withLine(printed, jobId, progress), lines };
}

function withLine(
  printed: PlainState["printed"],
  jobId: string,
  progress: Printed | undefined,
): PlainState["printed"] {
  return progress === undefined ? printed : new Map(printed).set(jobId, progress);
}

function without(printed: PlainState["printed"], jobId: string): PlainState["printed"] {
  const next = new Map(printed);
  next.delete(jobId);
  return next;
}

/** A line when a step begins, and again at each quarter of it; undefined in between. */
function progressLine(
  { text, share }: StepText,
  atMs: number,
  last: Printed | undefined,
): (Printed & { readonly line: string }) | undefined {
  const quarter = Math.min(3, Math.floor((share ?? 0) * 4));
  if (last?.text !== text) return { text, quarter, atMs, line: text };
  if (quarter <= last.quarter || atMs - last.atMs < quarterEveryMs) return undefined;
  return { text, quarter, atMs, line: `${text}: ${quarter * 25}%` };
}

interface EventContext {
  readonly after: FollowedJob;
  readonly atMs: number;
  readonly printed: Printed | undefined;
}

/** What is told of an event besides the step that it begins. */
function eventLines(event: JobEvent, { after, atMs, printed }: EventContext): string[] {
  switch (event.type) {
    case "file-uploaded":
      // A small file, or one that the service fetches itself, has shown no progress.
      return printed?.text.startsWith("uploading ") === true ? [] : [uploadedText(after, event)];
    case "turn-not-sent":
      return [`not sent, nothing was paid: ${failureText(event.failure)}`];
    case "turn-closed":
      return [
        ...event.texts.flatMap(saidLines),
        ...(event.failure === undefined ? [] : [`the service reported: ${failureText(event.failure)}`]),
      ];
    case "turn-settled":
      return [settledText(event, after)];
    case "turn-skipped":
      return [skippedText(after, event.key)];
    case "export-failed":
      return [`render failed: ${failureText(event.failure)}`];
    case "file-delivered":
      return event.preview === true ? previewLines(after) : after.files.slice(-1).map(deliveredText);
    case "turn-unknown":
    case "job-finished":
    case "job-failed":
    case "job-needs-you":
      return jobEndLines(after, atMs);
    default:
      return [];
  }
}

function signalLines(signal: Signal): string[] {
  if (signal.type !== "warning") return [];
  const next = signal.hint === undefined ? [] : [`next: ${cleanLine(signal.hint, 1000)}`];
  return [`warning: ${cleanLine(signal.message, 1000)}`, ...next];
}

function uploadedText({ plan }: FollowedJob, event: { readonly key: string; readonly name: string }): string {
  const place = placeOf(plan, event.key);
  return `uploaded ${cleanLine(event.name)}${place === undefined ? "" : ` (${place.number} of ${place.of})`}`;
}

function settledText(
  { changed, cost }: Extract<JobEvent, { type: "turn-settled" }>,
  { plan }: FollowedJob,
): string {
  const what = changed ? "the video changed" : "nothing changed";
  return plan?.backend === "local" ? what : `${what} (${creditsText(cost ?? 0, cost === undefined)})`;
}

function skippedText({ plan }: FollowedJob, key: string): string {
  const step = placeOf(plan, key)?.step;
  const prompt = step?.kind === "turn" ? `${quoted(step.prompt)}, ` : "";
  return `skipped ${prompt}the video is so already`;
}
