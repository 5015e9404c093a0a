import type { FailureCode } from "../base/failure-codes.ts";
import type { RunOutcome, SkipReason } from "../executor/ports.ts";
import type { Credits, StreamEnd } from "../job/event.ts";

/** Why something was refused. */
export interface EventFailure {
  /** Stable; docs/errors.md lists them. */
  readonly code: FailureCode;
  /** What happened, in one sentence. */
  readonly message: string;
  /** The next step that helps. */
  readonly hint?: string;
}

/** The job that an event is about; `name` is unique within the run. */
export interface EventJob {
  readonly id: string;
  readonly name: string;
  readonly recipe: string;
}

interface Event<Type extends string> {
  readonly type: Type;
  /** When it happened: ISO 8601, UTC. */
  readonly at: string;
}

interface OfJob<Type extends string> extends Event<Type> {
  readonly job: EventJob;
}

interface OfStep<Type extends string> extends OfJob<Type> {
  /** Key of the job's step. */
  readonly step: string;
}

/** Goes by one job as a whole. */
type JobRunEvent =
  | OfJob<"job-started">
  | (OfJob<"job-skipped"> & {
      readonly reason: SkipReason;
      /** Absolute paths of the videos, where it is up to date. */
      readonly files?: readonly string[];
    })
  | (OfJob<"job-planned"> & {
      readonly run: string;
      /** `local`, or the origin of the service. */
      readonly backend: string;
      readonly uploads: number;
      /** Declared turns, each of which is paid. */
      readonly turns: number;
      readonly exports: number;
    })
  | (OfJob<"job-resumed"> & { readonly run: string })
  | (OfJob<"session-opened"> & { readonly session: string; readonly task: string })
  | OfJob<"session-forgotten">
  | OfJob<"job-finished">
  | (OfJob<"job-failed" | "job-needs-you"> & { readonly failure: EventFailure });

type TurnRunEvent =
  | (OfStep<"turn-sending"> & {
      /** 1 for the first. */
      readonly attempt: number;
      readonly creditsBefore: Credits;
    })
  | (OfStep<"turn-not-sent" | "turn-unknown"> & { readonly failure: EventFailure })
  | (OfStep<"turn-closed"> & {
      readonly end: StreamEnd;
      /** What the service said. */
      readonly texts: readonly string[];
      readonly failure?: EventFailure;
    })
  | (OfStep<"turn-settled"> & {
      /** Whether the video changed. */
      readonly changed: boolean;
      /** Credits, measured; absent where they could not be. */
      readonly cost?: number | undefined;
      /** Of the video as it stands. */
      readonly durationMs?: number | undefined;
      /** A person went on from the service's answer: until then a change may still follow. ISO 8601, UTC. */
      readonly openUntil?: string;
    })
  | OfStep<"turn-skipped">
  | (OfStep<"turn-resolved"> & { readonly decision: "adopt" | "resend" | "drop" });

type FileRunEvent =
  | OfStep<"upload-sending">
  | (OfStep<"upload-not-sent"> & { readonly failure?: EventFailure })
  | (OfStep<"file-uploaded"> & { readonly name: string })
  | (OfStep<"export-starting"> & { readonly render: string; readonly attempt: number })
  /** `share` is from 0 to 1. */
  | (OfStep<"export-progress"> & { readonly share: number })
  | (OfStep<"export-ready"> & { readonly render: string })
  | (OfStep<"export-failed"> & { readonly render: string; readonly failure: EventFailure })
  | (OfStep<"file-placing"> & {
      /** Absolute. */
      readonly path: string;
      readonly sizeBytes: number;
      /** Lower-case hex. */
      readonly sha256: string;
    })
  | (OfStep<"file-delivered"> & {
      /** Absolute. */
      readonly path: string;
      readonly sizeBytes: number;
      /** Lower-case hex. */
      readonly sha256: string;
      /** What the file is: mp4, mov, webm, gif … */
      readonly format: string;
      readonly durationMs?: number | undefined;
      /** Pixels. */
      readonly width?: number | undefined;
      readonly height?: number | undefined;
      /** How it differs from the recipe's `expect`; empty where it is met. */
      readonly unmet: readonly string[];
      /** It is to be looked at, and is not what was asked for. */
      readonly preview?: true | undefined;
    })
  /** `until`: when the recipe's rule decides, ISO 8601, UTC. */
  | (OfStep<"review-asked"> & { readonly until?: string })
  | (OfStep<"review-decided"> & {
      readonly decision: "approve" | "stop";
      readonly by: "person" | "deadline";
    });

/** Told while it happens, and kept nowhere. */
type PassingRunEvent =
  | (OfJob<"upload-progress"> & {
      readonly name: string;
      readonly sentBytes: number;
      readonly sizeBytes: number;
    })
  | (OfJob<"agent-said"> & { readonly text: string })
  | (OfJob<"still-working"> & { readonly elapsedMs: number })
  | (OfJob<"turn-waiting"> & { readonly prompt: string })
  | (OfJob<"turn-unchanged"> & { readonly leftMs: number })
  | (OfJob<"render-progress"> & { readonly share: number })
  | (OfJob<"download-progress"> & {
      readonly receivedBytes: number;
      readonly sizeBytes?: number | undefined;
    })
  | (OfJob<"retrying"> & {
      readonly attempt: number;
      readonly delayMs: number;
      readonly failure: EventFailure;
    })
  | (OfJob<"warning"> & { readonly message: string; readonly hint?: string });

/** The run begins. */
export interface RunStarted extends Event<"run-started"> {
  readonly run: string;
  readonly jobs: number;
}

/** The last event of a run. */
export interface RunFinished extends Event<"run-finished">, RunOutcome {
  readonly run: string;
  readonly elapsedMs: number;
}

/** What happens in a run: a line of `--json`, as `schemas/event.schema.json` describes it. `type` tells them apart. */
export type RunEvent = RunStarted | JobRunEvent | TurnRunEvent | FileRunEvent | PassingRunEvent | RunFinished;
