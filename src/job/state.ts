import type { PlannedJob } from "../plan/planned-job.ts";
import type { Credits, FailureNote, Session, StreamEnd } from "./event.ts";
import type { Draft, FileFacts } from "./media.ts";

/**
 * Where one turn stands. `sending` and `closed` may have been charged and are reconciled; `not-sent` was certainly
 * not charged; `unknown` waits for a person.
 */
export type TurnStatus = "sending" | "closed" | "settled" | "skipped" | "unknown" | "not-sent";

export interface TurnState {
  readonly status: TurnStatus;
  /** Sendings that the service may have accepted. */
  readonly attempts: number;
  /** Sendings in a row that certainly did not arrive, since the job was last taken up. */
  readonly refusals: number;
  readonly draftBefore: string;
  readonly creditsBefore?: Credits;
  readonly sentAtMs: number;
  readonly overlapped: boolean;
  readonly end?: StreamEnd;
  readonly texts: readonly string[];
  readonly failure?: FailureNote;
  /** A person said that the draft, as it stands, is what this turn made. */
  readonly adopted: boolean;
  readonly changed?: boolean;
  /** Measured credits of all its attempts. */
  readonly cost: number;
  /** True where some attempt's cost could not be measured. */
  readonly costUnknown: boolean;
  /** A person went on from what the service said: until then a change of it, and its charge, may still follow. */
  readonly openUntilMs?: number;
  /** The job's head before it was settled for the first time. */
  readonly headBefore?: string;
}

export interface ExportState {
  readonly status: "rendering" | "ready" | "failed" | "placing" | "delivered";
  readonly attempts: number;
  readonly renderId: string;
  readonly url?: string;
  readonly failure?: FailureNote;
  /** It was waited for in vain before: it gets one more chance, and then makes room for another render. */
  readonly isOverdue?: boolean;
  /** Where the file was being put, recorded before it was. */
  readonly placing?: { readonly path: string; readonly sha256: string; readonly sizeBytes: number };
  readonly delivered?: {
    readonly path: string;
    readonly facts: FileFacts;
    readonly unmet: readonly string[];
  };
}

/** Where a job stands: the fold of its events. Keys are the steps' keys, so that a changed plan finds what is done. */
export interface JobState {
  readonly jobId: string;
  readonly seq: number;
  readonly runId: string;
  readonly plan: PlannedJob;
  readonly session?: Session;
  /** How often the service has forgotten the session since the job was last taken up. */
  readonly sessionsForgotten: number;
  /** An upload of which nobody knows yet whether its file is in the session. */
  readonly uploading?: { readonly key: string; readonly filesBefore: number };
  /** Uploads that did not arrive and are made again, since the job was last taken up. */
  readonly uploadsRepeated: number;
  readonly uploads: ReadonlyMap<string, { readonly name: string }>;
  readonly turns: ReadonlyMap<string, TurnState>;
  /** The draft as it stood after the turn with that key. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly newestDraft?: Draft;
  /** Key of the last upload or turn that the session has taken; `""` before the first. */
  readonly head: string;
  readonly exports: ReadonlyMap<string, ExportState>;
  /** By the key of the draft that a person is to look at. */
  readonly reviews: ReadonlyMap<string, ReviewState>;
  readonly status: "going" | "finished" | "failed" | "needs-you";
  readonly failure?: FailureNote;
}

export interface ReviewState {
  readonly status: "waiting" | "approved" | "stopped";
  /** When the recipe's rule decides. */
  readonly untilMs?: number;
}

/** True where the service may have charged for something in this session. */
export function mayHavePaid(state: JobState): boolean {
  return [...state.turns.values()].some((turn) => turn.attempts > 0);
}

/** The turn that may be running at the service, with its key. */
export function turnInFlight(state: JobState): string | undefined {
  for (const [key, turn] of state.turns) {
    if (turn.status === "sending" || turn.status === "closed") return key;
  }
  return undefined;
}

/** True while a turn that a person went on from may still change something, and be charged for it. */
export function hasOpenTurn({ turns }: Pick<JobState, "turns">, nowMs: number): boolean {
  return [...turns.values()].some(({ openUntilMs = -Infinity }) => nowMs < openUntilMs);
}

/** The turn of which nobody can know whether it ran, with its key: the job is parked until a person decides. */
export function parkedTurn(state: JobState): string | undefined {
  if (state.status !== "needs-you") return undefined;
  for (const [key, turn] of state.turns) if (turn.status === "unknown") return key;
  return undefined;
}

/** The draft that waits for a person's eyes, or that nobody approved in time, with its key. */
export function reviewedDraft({ status, failure, reviews, plan }: JobState): string | undefined {
  const isAsked = status === "needs-you" && failure?.code === "review-wanted";
  const isStopped = status === "failed" && failure?.code === "not-approved";
  if (!isAsked && !isStopped) return undefined;
  const drafts = plan.steps.flatMap((step) => (step.kind === "export" ? [step.draftKey] : []));
  return drafts.find((key) => reviews.get(key)?.status === (isAsked ? "waiting" : "stopped"));
}

/** True where a draft waits for a review whose deadline has passed: the recipe's rule decides. */
export function isReviewDue(state: JobState, nowMs: number): boolean {
  const untilMs = state.reviews.get(reviewedDraft(state) ?? "")?.untilMs;
  return state.status === "needs-you" && untilMs !== undefined && nowMs >= untilMs;
}

/** True where a turn may be running, or nobody can know: to run the job anew could pay twice. */
export function mayBeLive(state: JobState): boolean {
  return turnInFlight(state) !== undefined || parkedTurn(state) !== undefined;
}

/** True where a person gave the job up with a turn unknown: nothing goes on from there. */
export function isGivenUp(state: JobState): boolean {
  return state.status === "failed" && [...state.turns.values()].some((turn) => turn.status === "unknown");
}

/** Measured credits of the whole job. */
export function spentCredits(state: JobState): { readonly credits: number; readonly unknown: boolean } {
  const turns = [...state.turns.values()];
  return {
    credits: turns.reduce((sum, turn) => sum + turn.cost, 0),
    unknown: turns.some((turn) => turn.costUnknown),
  };
}
