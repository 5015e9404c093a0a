import { assert, unreachable } from "../base/assert.ts";
import { applyExportEvent } from "./apply-export-event.ts";
import { applyTurnEvent } from "./apply-turn-event.ts";
import { applyUploadEvent } from "./apply-upload-event.ts";
import type { FailureNote, JobEvent, RecordedEvent } from "./event.ts";
import { noteOf } from "./note-of.ts";
import type { ExportState, JobState, TurnState } from "./state.ts";

/** One recorded fact later. Pure: the same events always give the same state, in whichever process. */
export function applyEvent(state: JobState | undefined, recorded: RecordedEvent): JobState {
  const { event, seq } = recorded;
  if (event.type === "job-planned") return planned(state, recorded, event);
  assert(state !== undefined, `${recorded.jobId} begins with ${event.type} instead of job-planned`);
  return { ...apply(state, event), seq };
}

function apply(state: JobState, event: Exclude<JobEvent, { type: "job-planned" }>): JobState {
  switch (event.type) {
    case "job-resumed":
      return takenUp({ ...state, runId: event.runId });
    case "session-opened":
      return { ...state, session: { sessionId: event.sessionId, taskId: event.taskId } };
    case "session-forgotten":
    case "upload-sending":
    case "upload-not-sent":
    case "file-uploaded":
      return applyUploadEvent(state, event);
    case "turn-sending":
    case "turn-not-sent":
    case "turn-closed":
    case "turn-settled":
    case "turn-skipped":
    case "turn-unknown":
    case "turn-resolved":
      return applyTurnEvent(state, event);
    case "export-starting":
    case "export-progress":
    case "export-ready":
    case "export-failed":
    case "file-placing":
    case "file-delivered":
      return applyExportEvent(state, event);
    case "review-asked": {
      const { untilMs } = event;
      const waiting = { status: "waiting", ...(untilMs !== undefined && { untilMs }) } as const;
      return { ...state, reviews: new Map(state.reviews).set(event.key, waiting) };
    }
    case "review-decided":
      return reviewDecided(state, event);
    case "job-finished":
      return { ...state, status: "finished" };
    case "job-failed":
      return { ...state, ...overdue(state, event), status: "failed", failure: noteOf(event) };
    case "job-needs-you":
      return { ...state, status: "needs-you", failure: noteOf(event) };
    default:
      return unreachable(event);
  }
}

function planned(
  state: JobState | undefined,
  { jobId, seq }: RecordedEvent,
  event: Extract<JobEvent, { type: "job-planned" }>,
): JobState {
  if (state === undefined) {
    return {
      jobId,
      seq,
      runId: event.runId,
      plan: event.plan,
      sessionsForgotten: 0,
      uploadsRepeated: 0,
      uploads: new Map(),
      turns: new Map(),
      drafts: new Map(),
      head: "",
      exports: new Map(),
      reviews: new Map(),
      status: "going",
    };
  }
  const exports = new Map(state.exports);
  for (const key of event.exportAgain ?? []) exports.delete(key);
  return takenUp({ ...state, seq, runId: event.runId, plan: event.plan, exports });
}

/** A draft that is approved can be exported, also where the deadline had stopped it. */
function reviewDecided(
  state: JobState,
  { key, decision }: Extract<JobEvent, { type: "review-decided" }>,
): JobState {
  const status = decision === "approve" ? "approved" : "stopped";
  const reviews = new Map(state.reviews).set(key, { ...state.reviews.get(key), status });
  const { failure: _, ...rest } = state;
  return { ...rest, reviews, status: "going" };
}

/** A run takes the job up again: counted tries start anew, and what failed before no longer stands in the way. */
function takenUp(state: JobState): JobState {
  const { failure: _, ...rest } = state;
  const parked = [...state.turns.values()].some((turn) => turn.status === "unknown");
  if (parked) return state;
  const turns = new Map<string, TurnState>();
  for (const [key, turn] of state.turns) turns.set(key, { ...turn, refusals: 0 });
  const exports = new Map<string, ExportState>();
  for (const [key, made] of state.exports) {
    if (made.status !== "failed") exports.set(key, { ...made, attempts: Math.min(made.attempts, 1) });
  }
  return { ...rest, turns, exports, sessionsForgotten: 0, uploadsRepeated: 0, status: "going" };
}

function overdue({ exports }: JobState, { code }: FailureNote): Pick<JobState, "exports"> {
  if (code !== "render-timeout") return { exports };
  const marked = [...exports].map(
    ([key, made]) => [key, made.status === "rendering" ? { ...made, isOverdue: true } : made] as const,
  );
  return { exports: new Map(marked) };
}
