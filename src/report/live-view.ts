import { cleanLine } from "../base/clean-text.ts";
import type { Report } from "../executor/ports.ts";
import { followJob, startedJob, type FollowedJob, type JobReport } from "./follow-job.ts";
import { formatElapsed } from "./format-elapsed.ts";
import { deliveredText, jobEndLines, madeText, previewLines, skipText } from "./job-end-lines.ts";
import { liveRow } from "./live-row.ts";
import { digestRun, emptyDigest, type RunDigest } from "./run-digest.ts";
import { runSummary } from "./run-summary.ts";
import { saidLines } from "./said-lines.ts";
import { stepAfterEvent, stepAfterSignal, type StepText } from "./step-text.ts";
import { fitText, textWidth } from "./text-width.ts";
import type { View } from "./view.ts";

export interface LiveState {
  readonly digest: RunDigest;
  readonly steps: ReadonlyMap<string, StepText>;
}

export interface LiveView extends View {
  readonly columns: number;
  readonly rows: number;
  readonly nowMs: number;
}

export const liveStart: LiveState = { digest: emptyDigest, steps: new Map() };

/** The live view's state after one more report. */
export function reduceLive(state: LiveState, report: Report): LiveState {
  const digest = digestRun(state.digest, report);
  if (report.type === "run-started") return { digest, steps: new Map() };
  if (report.type === "run-finished") return liveStart;
  if (report.type === "job-skipped") return { ...state, digest };
  const { jobId } = report.job;
  const job = digest.running.get(jobId);
  const steps = new Map(state.steps);
  if (job === undefined) steps.delete(jobId);
  else steps.set(jobId, stepAfter(job, report) ?? state.steps.get(jobId) ?? { text: "starting" });
  return { digest, steps };
}

function stepAfter(job: FollowedJob, report: JobReport): StepText | undefined {
  if (report.type === "job-event") return stepAfterEvent(job, report.event);
  return report.type === "job-signal" ? stepAfterSignal(job, report.signal) : undefined;
}

/** The lines that are drawn over and over: one for each running job, and where the whole run stands. */
export function renderLive({ digest, steps }: LiveState, view: LiveView): string[] {
  const running = [...digest.running.values()];
  if (running.length === 0 && digest.jobs <= 1) return [];
  const footer = digest.jobs > 1 ? 1 : 0;
  const room = Math.max(1, view.rows - 1 - footer);
  const shown = running.length <= room ? running : running.slice(0, Math.max(1, room - 1));
  const nameColumns = Math.min(
    Math.max(0, ...shown.map(({ job }) => textWidth(cleanLine(job.name)))),
    Math.floor(view.columns / 3),
  );
  const rows = shown.map((job) =>
    liveRow({ job, step: steps.get(job.job.jobId) ?? { text: "starting" } }, { ...view, nameColumns }),
  );
  const hidden = running.length - shown.length;
  return [
    ...rows,
    ...(hidden > 0 ? [view.paint.dim(fitText(`  and ${hidden} more at work`, view.columns - 1))] : []),
    ...(footer > 0 ? [view.paint.dim(fitText(footerText(digest, view.nowMs), view.columns - 1))] : []),
  ];
}

function footerText({ counts, jobs, running, startedAtMs }: RunDigest, nowMs: number): string {
  const ended = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const waiting = jobs - ended - running.size;
  return [
    `${ended} of ${jobs} done`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.needsYou > 0 ? [`${counts.needsYou} left for you`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    formatElapsed(nowMs - startedAtMs),
  ].join(" · ");
}

/**
 * The lines that a report leaves for good, above the live ones; `before` is the state that it met. How a job ended,
 * warnings, in a run of one job what the service said, and at the end the summary.
 */
export function permanentLines(before: LiveState, report: Report, view: View): string[] {
  if (report.type === "run-started") return [];
  const digest = digestRun(before.digest, report);
  if (report.type === "run-finished") return runSummary(digest, report, view);
  const name = view.paint.bold(cleanLine(report.job.name));
  if (report.type === "job-skipped") {
    return [`${view.paint.dim("–")} ${name}  ${skipText(report.reason, report.job.jobId)}`];
  }
  if (report.type === "job-started") return [];
  if (report.type === "job-signal") {
    const { signal } = report;
    if (signal.type !== "warning") return [];
    const hint = signal.hint === undefined ? [] : [`  next: ${cleanLine(signal.hint, 1000)}`];
    return [`${view.paint.yellow("!")} ${name}  ${cleanLine(signal.message, 1000)}`, ...hint];
  }
  const job = followJob(before.digest.running.get(report.job.jobId) ?? startedJob(report), report);
  return eventLines({ job, report, name }, digest.jobs, view);
}

interface Happened {
  readonly job: FollowedJob;
  readonly report: Extract<Report, { type: "job-event" }>;
  readonly name: string;
}

function eventLines({ job, report, name }: Happened, jobs: number, { paint }: View): string[] {
  const { event, atMs } = report;
  if (event.type === "turn-closed" && jobs <= 1)
    return event.texts.flatMap(saidLines).map((line) => paint.dim(`  ${line}`));
  if (event.type === "file-delivered" && event.preview === true)
    return previewLines(job).map((line) => `${paint.dim("·")} ${name}  ${line}`);
  if (event.type === "file-delivered" && event.unmet.length > 0)
    return job.files.slice(-1).map((file) => `${paint.yellow("!")} ${name}  ${deliveredText(file)}`);
  if (job.end === undefined) return [];
  const [first = "", ...more] = jobEndLines(job, atMs);
  if (job.end === "finished") return [`${paint.green("✓")} ${name}  ${madeText(job.files)} · ${first}`];
  const mark = job.end === "failed" ? paint.red("✗") : paint.yellow("!");
  return [`${mark} ${name}  ${first}`, ...more.map((line) => `  ${line}`)];
}
