import { shownBeside } from "../../base/shown-beside.ts";
import type { RecordedEvent } from "../../job/event.ts";
import { parkedTurn, spentCredits, type JobState } from "../../job/state.ts";
import type { ExportStep, UploadStep } from "../../plan/planned-job.ts";
import { creditsText } from "../credits-text.ts";
import { evidenceOf } from "../evidence-of.ts";
import { fileFactsText } from "../file-facts-text.ts";
import { formatBytes } from "../format-bytes.ts";
import { formatElapsed } from "../format-elapsed.ts";
import { formatInstant } from "../format-instant.ts";
import { hostOf } from "../host-of.ts";
import { failureText, nextStep } from "../next-step.ts";
import { reviewOver } from "../review-over.ts";
import type { ShownJob, ShowView } from "../show-job.ts";
import type { FileReport, JobFacts, TroubleFacts } from "./page-facts.ts";
import { turnFacts } from "./turn-facts.ts";

export interface ToldJob extends ShownJob {
  readonly events: readonly RecordedEvent[];
}

/** What a page tells of one job. */
export function jobFacts({ state, events, startedAtMs, updatedAtMs }: ToldJob, view: ShowView): JobFacts {
  const { plan, session, jobId, runId, status } = state;
  const { credits, unknown } = spentCredits(state);
  const isLocal = plan.backend === "local";
  const trouble = troubleFacts(state, view);
  const pageLink = session === undefined || isLocal ? undefined : view.pageLink?.(session);
  return {
    id: jobId,
    name: plan.name,
    recipe: plan.recipe,
    runId,
    status,
    startedAt: formatInstant(startedAtMs, view.timeZone),
    took: formatElapsed(updatedAtMs - startedAtMs),
    cost: isLocal ? "local preview" : creditsText(credits, unknown),
    credits: isLocal ? 0 : credits,
    costUnknown: !isLocal && unknown,
    skill: `${plan.skill.name} ${plan.skill.version}`,
    isLocal,
    ...(session !== undefined && { sessionId: session.sessionId }),
    ...(pageLink !== undefined && { pageLink }),
    inputs: plan.steps.flatMap((step) => (step.kind === "upload" ? [inputFacts(step, state)] : [])),
    ...(state.newestDraft?.ready === true && { timeline: state.newestDraft.timeline }),
    turns: plan.steps.flatMap((step) => (step.kind === "turn" ? [turnFacts(step, state, events)] : [])),
    files: fileReports(state),
    ...(trouble !== undefined && { trouble }),
  };
}

function inputFacts({ key, media }: UploadStep, { uploads }: JobState): JobFacts["inputs"][number] {
  const uploaded = uploads.get(key);
  const missing = uploaded === undefined ? ", not uploaded" : "";
  if (media.kind === "file")
    return { name: media.file.shownPath, note: `${formatBytes(media.file.sizeBytes)}${missing}` };
  return { name: uploaded?.name ?? "a file", note: `from ${hostOf(media.url)}${missing}` };
}

/** A preview that was not made is no loss to a job that has its videos. */
function fileReports(state: JobState): FileReport[] {
  const files = state.plan.steps.flatMap((step) => (step.kind === "export" ? [fileReport(step, state)] : []));
  if (state.status !== "finished") return files;
  const videos = files.filter(({ isPreview }) => !isPreview);
  return [...videos, ...files.filter(({ isPreview, isDelivered }) => isPreview && isDelivered)];
}

function fileReport(step: ExportStep, { exports }: JobState): FileReport {
  const { path, shownPath, format, quality } = step;
  const made = exports.get(step.key);
  const kind = step.preview === true ? "preview, " : "";
  const wanted = step.preview === true ? "preview" : `${format}, ${quality} quality`;
  const plain = {
    path,
    shownPath,
    isDelivered: false,
    differs: [],
    isPreview: step.preview === true,
    isPicture: format === "gif",
  };
  switch (made?.status) {
    case undefined:
      return { ...plain, note: `${wanted}: not yet made` };
    case "failed":
      return {
        ...plain,
        note: `${wanted}: ${made.failure === undefined ? "the render failed" : failureText(made.failure)}`,
      };
    case "rendering":
      return { ...plain, note: `${wanted}: being rendered` };
    case "ready":
    case "placing":
      return { ...plain, note: `${wanted}: rendered, not fetched yet` };
    case "delivered": {
      if (made.delivered === undefined) return { ...plain, note: wanted };
      const { facts, unmet, path: placed } = made.delivered;
      const { width, height } = facts;
      return {
        ...plain,
        path: placed,
        shownPath: shownBeside(step, placed),
        isDelivered: true,
        note: `${kind}${format}, ${fileFactsText(facts)}`,
        differs: unmet,
        ...(width !== undefined && height !== undefined && { width, height }),
      };
    }
  }
}

function troubleFacts(state: JobState, { timeZone, nowMs }: ShowView): TroubleFacts | undefined {
  const { failure, jobId } = state;
  const parked = parkedTurn(state);
  const evidence = parked === undefined ? undefined : evidenceOf(state, parked, timeZone);
  if (evidence !== undefined) return { text: evidence.title, code: "turn-unknown", evidence };
  if (failure === undefined) return undefined;
  const over = nowMs === undefined ? undefined : reviewOver(state, nowMs);
  if (over !== undefined) return { text: over.text, code: failure.code, next: over.next };
  // The draft that waits for a review stands below, drawn.
  const text = failure.code === "review-wanted" ? failure.message.replace(/:.*$/s, "") : failure.message;
  return { text, code: failure.code, next: nextStep(failure, jobId) };
}
