import { cleanLine } from "../base/clean-text.ts";
import { shownBeside } from "../base/shown-beside.ts";
import type { JobState } from "../job/state.ts";
import { isGivenUp, mayBeLive, parkedTurn, spentCredits } from "../job/state.ts";
import type { ExportStep, UploadStep } from "../plan/planned-job.ts";
import { creditsText } from "./credits-text.ts";
import { fileFactsText } from "./file-facts-text.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatElapsed } from "./format-elapsed.ts";
import { formatInstant } from "./format-instant.ts";
import { hostOf } from "./host-of.ts";
import { failureText, nextStep } from "./next-step.ts";
import { reviewOver } from "./review-over.ts";
import { turnLines } from "./show-turn.ts";
import { statusWords } from "./status-words.ts";
import { turnEvidence } from "./turn-evidence.ts";
import { unmeasuredText } from "./unmeasured-text.ts";
import type { View } from "./view.ts";

export interface ShownJob {
  readonly state: JobState;
  /** Of its first and its last event. */
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  /** Credits that budgets count for turns that could not be measured. */
  readonly unmeasured?: number;
}

export interface ShowView extends View {
  /** The machine's where absent. */
  readonly timeZone?: string;
  /** Where it is known, a deadline that has passed is said. */
  readonly nowMs?: number;
}

/** All that a person may want to know of one job: inputs, turns and what they changed, files, cost, next step. */
export function showJob(job: ShownJob, view: ShowView): string[] {
  const { state } = job;
  const { paint } = view;
  return [
    ...headLines(job, view),
    ...section(paint.bold("inputs"), uploadLines(state)),
    ...section(paint.bold("turns"), allTurnLines(state, view)),
    ...section(
      paint.bold("files"),
      state.plan.steps.flatMap((step) => (step.kind === "export" ? [exportLine(state, step)] : [])),
    ),
    ...failureLines(state, view),
  ];
}

function headLines(
  { state, startedAtMs, updatedAtMs, unmeasured = 0 }: ShownJob,
  { paint, pageLink, timeZone }: ShowView,
): string[] {
  const { plan, session, jobId, runId, status } = state;
  const { credits, unknown } = spentCredits(state);
  const isLocal = plan.backend === "local";
  const colour = { going: paint.yellow, finished: paint.green, failed: paint.red, "needs-you": paint.yellow }[
    status
  ];
  const isOpen = mayBeLive(state) || isGivenUp(state);
  const cost = isLocal ? "local preview, nothing was paid" : creditsText(credits, unknown || isOpen);
  const took = formatElapsed(updatedAtMs - startedAtMs);
  const page = session === undefined || isLocal ? undefined : pageLink?.(session);
  return [
    `${paint.bold(cleanLine(plan.name))}  ${[colour(statusWords[status]), took, cost].join(" · ")}`,
    paint.dim(
      `  ${jobId}, recipe ${cleanLine(plan.recipe)}, run ${runId}, ${formatInstant(startedAtMs, timeZone)}`,
    ),
    ...(unmeasured === 0 ? [] : [`  ${unmeasuredText(unmeasured)}`]),
    ...(session === undefined
      ? []
      : [paint.dim(`  session ${session.sessionId}${page === undefined ? "" : `  ${cleanLine(page)}`}`)]),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function uploadLines(state: JobState): string[] {
  return state.plan.steps.flatMap((step) => {
    if (step.kind !== "upload") return [];
    return [`${mediaText(step, state)}${state.uploads.has(step.key) ? "" : "  not uploaded"}`];
  });
}

function mediaText({ key, media }: UploadStep, { uploads }: JobState): string {
  if (media.kind === "file")
    return `${cleanLine(media.file.shownPath, 1000)}  ${formatBytes(media.file.sizeBytes)}`;
  const name = uploads.get(key)?.name;
  const from = `from ${hostOf(media.url)}`;
  return name === undefined ? `a file ${from}` : `${cleanLine(name)}  ${from}`;
}

function allTurnLines(state: JobState, view: View): string[] {
  const steps = state.plan.steps.filter((step) => step.kind === "turn");
  return steps.flatMap((step, index) => turnLines({ state, step, number: index + 1 }, view));
}

/** `out/promo.mp4  3.2 MB, 15.0 s, 1920×1080` */
function exportLine(state: JobState, step: ExportStep): string {
  const { key, shownPath, format, quality } = step;
  const made = state.exports.get(key);
  const wanted = `${cleanLine(shownPath, 1000)}  ${step.preview === true ? "preview" : `${format} ${quality}`}`;
  switch (made?.status) {
    case undefined:
      return `${wanted}, not yet made`;
    case "failed":
      return `${wanted}, ${made.failure === undefined ? "render failed" : failureText(made.failure)}`;
    case "rendering":
      return `${wanted}, being rendered as ${made.renderId}`;
    case "ready":
    case "placing":
      return `${wanted}, rendered, not fetched yet`;
    case "delivered": {
      if (made.delivered === undefined) return wanted;
      const { facts, unmet, path: placed } = made.delivered;
      const shown = cleanLine(shownBeside(step, placed), 1000);
      const differs = unmet.length === 0 ? "" : `, but ${unmet.map((text) => cleanLine(text)).join("; ")}`;
      const kind = step.preview === true ? "preview, " : "";
      return `${shown}  ${kind}${fileFactsText(facts)}${differs}`;
    }
  }
}

function failureLines(state: JobState, { paint, timeZone, nowMs }: ShowView): string[] {
  const { failure, jobId, status } = state;
  const parked = parkedTurn(state);
  if (parked !== undefined) {
    const view = { paint, ...(timeZone !== undefined && { timeZone }) };
    return ["", ...turnEvidence(state, parked, view).map((line) => `  ${line}`)];
  }
  if (failure === undefined) return [];
  const colour = status === "failed" ? paint.red : paint.yellow;
  const over = nowMs === undefined ? undefined : reviewOver(state, nowMs);
  return [
    "",
    `  ${colour(statusWords[status])}: ${over?.text ?? failureText(failure)}`,
    `  next: ${over?.next ?? nextStep(failure, jobId)}`,
  ];
}
