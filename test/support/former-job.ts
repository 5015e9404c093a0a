import type { JobEvent } from "../../src/job/event.ts";
import { stateOf } from "../../src/job/fold.ts";
import type { Draft } from "../../src/job/media.ts";
import type { JobState } from "../../src/job/state.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { sha256 } from "./planned-job.ts";

export interface Past {
  readonly jobId?: string;
  /** Uploads and turns that are done; all where absent. */
  readonly steps?: number;
  /** How far the turn after them came. */
  readonly next?: "sending" | "closed" | "unknown" | "not-sent" | "dropped";
  /** Exports that were delivered; all where absent and every step is done. */
  readonly exports?: number;
  readonly unmet?: readonly string[];
  /** The last turn that is done was settled so. */
  readonly lastTurn?: Omit<Extract<JobEvent, { type: "turn-settled" }>, "type" | "key">;
  /** Turns of it lead to no video. */
  readonly empty?: boolean;
  readonly end?: "finished" | "failed" | "session-lost" | "cut-off";
}

/** The bytes that a former job delivered at a path. */
export const deliveredHash = (path: string): string => sha256(`delivered ${path}`);

/** What the journal holds of a job that came so far. */
export function pastEvents(job: PlannedJob, past: Past = {}): readonly JobEvent[] {
  const paid = job.steps.filter((step) => step.kind !== "export");
  const done = past.steps ?? paid.length;
  const events: JobEvent[] = [
    { type: "job-planned", runId: "run_1", plan: job },
    { type: "session-opened", sessionId: "1234567890123456789", taskId: "task" },
  ];
  for (const step of paid.slice(0, done)) {
    if (step.kind === "upload") events.push({ type: "file-uploaded", key: step.key, name: step.key });
    else events.push(sending(step.key), closed(step.key), settled(step.key, past.empty !== true));
  }
  const last = events.findLastIndex(({ type }) => type === "turn-settled");
  const settledLast = events[last];
  if (settledLast?.type === "turn-settled" && past.lastTurn !== undefined)
    events[last] = { type: "turn-settled", key: settledLast.key, ...past.lastTurn };
  const open = paid[done];
  if (open !== undefined && past.next !== undefined) events.push(...halfSent(open.key, past.next));
  const exports = job.steps.filter((step) => step.kind === "export");
  const delivered = past.exports ?? (done === paid.length ? exports.length : 0);
  for (const step of exports.slice(0, delivered)) {
    const { key, path } = step;
    const sha = deliveredHash(path);
    events.push(
      { type: "export-starting", key, renderId: `render_${key}`, attempt: 1 },
      { type: "export-ready", key, renderId: `render_${key}`, url: "https://cdn.test/x.mp4" },
      { type: "file-placing", key, path, sha256: sha, sizeBytes: 9 },
      {
        type: "file-delivered",
        key,
        path,
        facts: { sizeBytes: 9, sha256: sha, format: "mp4" },
        unmet: past.unmet ?? [],
      },
    );
  }
  events.push(...ending(past.end ?? "finished"));
  return events;
}

export function formerJob(job: PlannedJob, past: Past = {}): JobState {
  const jobId = past.jobId ?? "job_1";
  const state = stateOf(
    pastEvents(job, past).map((event, index) => ({ jobId, seq: index + 1, atMs: 1_000 + index, event })),
  );
  if (state === undefined) throw new Error("a past begins with a plan");
  return state;
}

const credits = { available: 500, frozen: 0, total: 500 };

function sending(key: string): JobEvent {
  const more = { draftBefore: "none", creditsBefore: credits, atMs: 1, overlapped: false };
  return { type: "turn-sending", key, attempt: 1, promptHash: "hash", ...more };
}

function closed(key: string): JobEvent {
  return { type: "turn-closed", key, end: "closed", texts: [] };
}

function settled(key: string, hasVideo: boolean): JobEvent {
  return {
    type: "turn-settled",
    key,
    changed: hasVideo,
    cost: 100,
    ...(hasVideo && { draft: draftOf(key) }),
  };
}

function draftOf(key: string): Draft {
  return { opaque: "{}", fingerprint: key, ready: true, timeline: { durationMs: 15_000, tracks: [] } };
}

function halfSent(key: string, next: NonNullable<Past["next"]>): JobEvent[] {
  const failure = { code: "turn-unknown", message: "nobody knows" } as const;
  switch (next) {
    case "sending":
      return [sending(key)];
    case "closed":
      return [sending(key), closed(key)];
    case "not-sent":
      return [sending(key), { type: "turn-not-sent", key, failure }];
    case "unknown":
      return [sending(key), { type: "turn-unknown", key, failure }];
    case "dropped":
      return [
        sending(key),
        { type: "turn-unknown", key, failure },
        { type: "turn-resolved", key, decision: "drop" },
      ];
  }
}

function ending(end: NonNullable<Past["end"]>): JobEvent[] {
  switch (end) {
    case "finished":
      return [{ type: "job-finished" }];
    case "failed":
      return [{ type: "job-failed", code: "render-failed", message: "the render failed" }];
    case "session-lost":
      return [{ type: "job-failed", code: "session-lost", message: "the session is gone" }];
    case "cut-off":
      return [];
  }
}
