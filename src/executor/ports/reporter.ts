import type { JobEvent, Signal } from "../../job/event.ts";
import type { PlannedJob } from "../../plan/planned-job.ts";

/** What a reporter is told, in the order it happened. */
export type Report =
  | { readonly type: "run-started"; readonly runId: string; readonly atMs: number; readonly jobs: number }
  | {
      readonly type: "job-started";
      readonly atMs: number;
      readonly job: ReportedJob;
      /** What is to be done, whether it is new or goes on. */
      readonly plan: PlannedJob;
    }
  | {
      readonly type: "job-skipped";
      readonly atMs: number;
      readonly job: ReportedJob;
      readonly reason: SkipReason;
      /** Of a job that is up to date: absolute paths of the videos that are in their places. */
      readonly files?: readonly string[];
    }
  | { readonly type: "job-event"; readonly atMs: number; readonly job: ReportedJob; readonly event: JobEvent }
  | { readonly type: "job-signal"; readonly atMs: number; readonly job: ReportedJob; readonly signal: Signal }
  | (RunOutcome & {
      readonly type: "run-finished";
      readonly runId: string;
      readonly atMs: number;
      readonly elapsedMs: number;
    });

/**
 * Why a job was not taken up: nothing to do, another process drives it, a person must decide, the run was stopped, or
 * too many jobs before it cost and brought nothing.
 */
export type SkipReason = "up-to-date" | "busy" | "parked" | "stopped" | "cancelled" | "held-back";

export interface ReportedJob {
  readonly jobId: string;
  readonly name: string;
  readonly recipe: string;
  readonly index: number;
  readonly total: number;
}

/** How a run ended. */
export interface RunOutcome {
  /** As of the command line: 0, 1, 3, 75 or 130. */
  readonly exitCode: number;
  readonly counts: RunCounts;
  /** Measured credits of this run. */
  readonly credits: number;
  /** True where some turn's cost could not be measured. */
  readonly costUnknown: boolean;
  /** Absolute paths of the delivered files that may be used, in the order of their delivery. */
  readonly files: readonly string[];
}

export interface RunCounts {
  readonly succeeded: number;
  readonly upToDate: number;
  readonly failed: number;
  readonly needsYou: number;
  readonly interrupted: number;
  /** Jobs that were held back because too many before them cost and brought nothing; absent where there are none. */
  readonly notStarted?: number;
  /** Files of a watch that cannot be used as they are, and made no job; absent where there are none. */
  readonly leftOut?: number;
}

/** Told what happens; shows it. Never throws, never blocks the job. */
export interface Reporter {
  report(report: Report): void;
}
