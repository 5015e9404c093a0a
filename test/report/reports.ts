import type { Report, ReportedJob } from "../../src/executor/ports.ts";
import type { JobEvent, Signal } from "../../src/job/event.ts";
import type { Draft, FileFacts } from "../../src/job/media.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import type { Paint } from "../../src/report/paint.ts";
import { plannedJob } from "../support/planned-job.ts";

const asItIs = (text: string): string => text;

export const noPaint: Paint = {
  bold: asItIs,
  dim: asItIs,
  red: asItIs,
  green: asItIs,
  yellow: asItIs,
  cyan: asItIs,
};

export const startMs: number = Date.UTC(2026, 10, 20, 9);
export const secrets = ["DRAFT-SECRET", "URL-SECRET", "SIGNED-SECRET"] as const;

export const facts: FileFacts = {
  sizeBytes: 3_240_000,
  sha256: "abc",
  format: "mp4",
  durationMs: 15_000,
  width: 1920,
  height: 1080,
  videoTracks: 1,
  audioTracks: 1,
};

export function reportedJob(name = "promo", place: Partial<ReportedJob> = {}): ReportedJob {
  return { jobId: `job_${name}`, name, recipe: "promo", index: 0, total: 1, ...place };
}

export function draftOf(text: string, durationMs = 15_000): Draft {
  return {
    opaque: `{"t":"DRAFT-SECRET"}`,
    fingerprint: "f",
    ready: true,
    timeline: {
      durationMs,
      tracks: [
        { kind: "video", segments: [{ startMs: 0, durationMs, name: text }] },
        { kind: "text", segments: [{ startMs: 0, durationMs: 3000, text }] },
      ],
    },
  };
}

/** One event of each type about the job's plan; every text from outside is `text`. */
export function everyEvent(plan: PlannedJob, text: string): Record<JobEvent["type"], JobEvent> {
  const keyOf = (kind: string): string => plan.steps.find((step) => step.kind === kind)?.key ?? "";
  const [upload, turn, made] = [keyOf("upload"), keyOf("turn"), keyOf("export")];
  const failure = { code: "service-error", message: text, hint: text } as const;
  const credits = { available: 100, frozen: 0, total: 100 };
  const [render, sha256] = ["render_1", "abc"];
  return {
    "job-planned": { type: "job-planned", runId: "run_1", plan },
    "session-opened": { type: "session-opened", sessionId: "1234567890123456789", taskId: "task_1" },
    "session-forgotten": { type: "session-forgotten" },
    "upload-sending": { type: "upload-sending", key: upload, filesBefore: 0 },
    "upload-not-sent": { type: "upload-not-sent", key: upload, failure },
    "file-uploaded": { type: "file-uploaded", key: upload, name: text },
    "turn-sending": {
      type: "turn-sending",
      key: turn,
      attempt: 1,
      promptHash: "h",
      draftBefore: "none",
      creditsBefore: credits,
      atMs: startMs,
      overlapped: false,
    },
    "turn-not-sent": { type: "turn-not-sent", key: turn, failure },
    "turn-closed": {
      type: "turn-closed",
      key: turn,
      end: "lost",
      texts: [text, `see https://cdn.test/a.mp4?sign=SIGNED-SECRET ${text}`],
      failure,
    },
    "turn-settled": { type: "turn-settled", key: turn, changed: true, cost: 50, draft: draftOf(text) },
    "turn-skipped": { type: "turn-skipped", key: turn },
    "turn-unknown": { type: "turn-unknown", key: turn, failure: { ...failure, code: "turn-unknown" } },
    "turn-resolved": { type: "turn-resolved", key: turn, decision: "adopt" },
    "export-starting": { type: "export-starting", key: made, renderId: render, attempt: 1 },
    "export-progress": { type: "export-progress", key: made, share: 0.5 },
    "export-ready": {
      type: "export-ready",
      key: made,
      renderId: render,
      url: "https://cdn.test/x?URL-SECRET",
    },
    "export-failed": { type: "export-failed", key: made, renderId: render, failure },
    "file-placing": { type: "file-placing", key: made, path: `/out/${text}`, sha256, sizeBytes: 1 },
    "file-delivered": {
      type: "file-delivered",
      key: made,
      path: `/out/${text}`,
      facts,
      unmet: [text],
    },
    "review-asked": { type: "review-asked", key: turn, untilMs: startMs },
    "review-decided": { type: "review-decided", key: turn, decision: "approve", by: "person" },
    "job-finished": { type: "job-finished" },
    "job-failed": { type: "job-failed", ...failure },
    "job-needs-you": { type: "job-needs-you", ...failure },
    "job-resumed": { type: "job-resumed", runId: "run_1" },
  };
}

export function everySignal(text: string): Record<Signal["type"], Signal> {
  return {
    "upload-progress": { type: "upload-progress", name: text, sentBytes: 5, sizeBytes: 10 },
    "agent-said": { type: "agent-said", text: `${text} https://cdn.test/a.mp4?sign=SIGNED-SECRET` },
    "still-working": { type: "still-working", elapsedMs: 120_000 },
    "turn-waiting": { type: "turn-waiting", prompt: text },
    "turn-unchanged": { type: "turn-unchanged", leftMs: 300_000 },
    "render-progress": { type: "render-progress", share: 0.25 },
    "download-progress": { type: "download-progress", receivedBytes: 5, sizeBytes: 10 },
    retrying: {
      type: "retrying",
      attempt: 1,
      delayMs: 2345,
      failure: { code: "unreachable", message: text },
    },
    warning: { type: "warning", message: text, hint: text },
  };
}

/** One report of every kind there is, in an order that a run could have. */
export function everyReport(text: string): Report[] {
  const plan = plannedJob({ name: text, turns: [{ prompt: text }] });
  const [job, atMs] = [reportedJob(text, { jobId: "job_1", recipe: text }), startMs];
  const { "job-finished": finished, "job-needs-you": needsYou, ...events } = everyEvent(plan, text);
  const about = (event: JobEvent): Report => ({ type: "job-event", atMs, job, event });
  const counts = {
    succeeded: 1,
    upToDate: 2,
    failed: 3,
    needsYou: 4,
    interrupted: 5,
    notStarted: 6,
    leftOut: 7,
  };
  return [
    { type: "run-started", runId: "run_1", atMs, jobs: 3 },
    ...(["up-to-date", "busy", "parked", "stopped", "cancelled", "held-back"] as const).map(
      (reason): Report => ({
        type: "job-skipped",
        atMs,
        job: reportedJob("other"),
        reason,
      }),
    ),
    { type: "job-started", atMs, job, plan },
    about(events["job-planned"]),
    ...Object.values(everySignal(text)).map((signal): Report => ({ type: "job-signal", atMs, job, signal })),
    ...Object.values(events).map(about),
    about(finished),
    about(needsYou),
    {
      type: "run-finished",
      runId: "run_1",
      atMs,
      elapsedMs: 61_000,
      exitCode: 75,
      counts,
      credits: 50,
      costUnknown: true,
      files: [`/out/${text}`],
    },
  ];
}
