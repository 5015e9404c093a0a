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
  | {
      readonly type: "run-finished";
      readonly runId: string;
      readonly atMs: number;
      readonly elapsedMs: number;
      readonly exitCode: number;
      readonly counts: RunCounts;
      /** Measured credits of this run; `costUnknown` where some turn's cost could not be measured. */
      readonly credits: number;
      readonly costUnknown: boolean;
      readonly files: readonly string[];
    };

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

export interface RunCounts {
  readonly succeeded: number;
  readonly upToDate: number;
  readonly failed: number;
  readonly needsYou: number;
  readonly interrupted: number;
  /** Jobs that were held back because too many before them cost and brought nothing; absent where there are none. */
  readonly notStarted?: number;
}

/** Told what happens; shows it. Never throws, never blocks the job. */
export interface Reporter {
  report(report: Report): void;
}
