import type { PlannedJob } from "../plan/planned-job.ts";
import type { Credits, FailureNote, Session, StreamEnd } from "./event.ts";
import type { Draft, FileFacts } from "./media.ts";

/** A turn that was asked for: how often it was sent, and where the last sending stands. */
export interface TurnState {
  readonly attempts: number;
  readonly status: "sending" | "closed" | "settled" | "skipped" | "unknown" | "not-sent";
  readonly draftBefore: string;
  readonly creditsBefore?: Credits;
  readonly sentAtMs: number;
  readonly overlapped: boolean;
  readonly end?: StreamEnd;
  readonly texts: readonly string[];
  readonly failure?: FailureNote;
  /** Measured credits of all its attempts. */
  readonly cost: number;
  /** True where some attempt's cost could not be measured. */
  readonly costUnknown: boolean;
}

export interface ExportState {
  readonly attempts: number;
  readonly status: "rendering" | "ready" | "failed" | "placing" | "delivered";
  readonly renderId: string;
  readonly url?: string;
  readonly failure?: FailureNote;
  /** Where the file was or is being put. */
  readonly placing?: { readonly path: string; readonly sha256: string; readonly sizeBytes: number };
  readonly delivered?: {
    readonly path: string;
    readonly facts: FileFacts;
    readonly unmet: readonly string[];
  };
}

/** Where a job stands: the fold of its events. Keys are the steps' keys, so a changed plan finds what is done. */
export interface JobState {
  readonly jobId: string;
  readonly seq: number;
  readonly runId: string;
  readonly plan: PlannedJob;
  readonly session?: Session;
  readonly uploads: ReadonlyMap<string, { readonly name: string }>;
  readonly turns: ReadonlyMap<string, TurnState>;
  /** The draft as it stood after the turn with that key, and under `""` the newest one known. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly newestDraft?: Draft;
  /** Key of the last upload or turn that the session has taken; `""` before the first. */
  readonly head: string;
  readonly exports: ReadonlyMap<string, ExportState>;
  readonly status: "going" | "finished" | "failed" | "needs-you";
  readonly failure?: FailureNote;
}
