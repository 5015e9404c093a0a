import type { BudgetLimit } from "../../job/budget-limit.ts";
import type { JobEvent, RecordedEvent } from "../../job/event.ts";
import type { Spending } from "../../job/spending.ts";
import type { CostSample } from "../../plan/turn-costs.ts";
import type { InputJournal } from "../input-journal.ts";
import type { SlotJournal } from "../slot-journal.ts";

/** A lock that the kernel gives back when the process dies. */
export interface JobLock {
  release(): Promise<void>;
}

export interface JobRow {
  readonly jobId: string;
  readonly name: string;
  readonly recipe: string;
  readonly runId: string;
  readonly status: "going" | "finished" | "failed" | "needs-you";
  readonly updatedAtMs: number;
}

export interface RunRow {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
  readonly recipes: readonly string[];
  readonly jobIds: readonly string[];
  readonly exitCode?: number;
}

/** A file of ours, and the job that placed such bytes last. */
export interface PlacedFile {
  readonly sha256: string;
  readonly jobId: string;
}

/** Which sendings of turns are meant: those since then, and only the recipe's, the job's or the backend's that is named. */
export interface SpendQuery {
  readonly sinceMs: number;
  readonly recipe?: string;
  readonly jobId?: string;
  readonly backend?: string;
}

/** Whose turns, by the name of their recipe or of their skill. */
export interface CostQuery {
  readonly backend: string;
  readonly of: "recipe" | "skill";
  readonly name: string;
}

/** Keeps events, in order, durably; answers what was made before. */
export interface Journal extends InputJournal, SlotJournal {
  /**
   * Appends one event durably: when it resolves, the event survives a power cut. Throws a Failure `journal-failed`
   * or `disk-full` where it cannot, and `job-busy` where another writer has already written `expectedSeq` + 1.
   *
   * With `limits`, the event is a `turn-sending`, and what it reserves must fit into every one of them together with
   * all that is spent or reserved already, by whichever process; else nothing is written: Failure `over-budget`.
   * Of a job that is asked to stop no `turn-sending` is written either: Failure `cancelled`.
   */
  append(
    jobId: string,
    event: JobEvent,
    expectedSeq: number,
    limits?: readonly BudgetLimit[],
  ): Promise<RecordedEvent>;
  read(jobId: string): Promise<readonly RecordedEvent[]>;
  /** Undefined where another process holds the job. */
  lock(jobId: string): Promise<JobLock | undefined>;
  /** Jobs whose last plan has this base key, and this paid key where one is given; the newest first. */
  findByBaseKey(baseKey: string, paidKey?: string): Promise<readonly string[]>;
  /** Job ids whose id starts with, or whose name equals, `text`; all for an empty text. The newest first. */
  findJobs(text: string, limit?: number): Promise<readonly JobRow[]>;
  unfinishedJobs(): Promise<readonly JobRow[]>;
  /**
   * Failed jobs that have cost something, or may have, save those that a later finished job of their recipe stands in
   * for: one of the same name on the same backend and for the same folder, or a take of the same work. The newest first.
   */
  paidFailures(): Promise<readonly JobRow[]>;
  /** The files that we placed, or were placing, at this absolute path, each once, the newest first. */
  findPlaced(path: string): Promise<readonly PlacedFile[]>;
  /** What this machine spent and has reserved. What the local backend counts is not real and never in it. */
  spent(query: SpendQuery): Promise<Spending>;
  /** Measured costs of earlier turns, the newest 200 of each kind. */
  costSamples(query: CostQuery): Promise<readonly CostSample[]>;
  /**
   * True where a turn of another job, from whichever process or life, may have been charged on the same backend since
   * this job's newest sending: the balance then tells nothing of either.
   */
  isBlurred(jobId: string): Promise<boolean>;
  startRun(run: { readonly runId: string; readonly recipes: readonly string[] }): Promise<void>;
  finishRun(runId: string, exitCode: number): Promise<void>;
  /**
   * Asks whoever drives the job, or any job of the run, to send no further turn. It holds for a job until it comes to
   * rest, and for a run for ever: what is taken up again belongs to another run.
   */
  requestStop(id: string): Promise<void>;
  isStopRequested(id: string): Promise<boolean>;
  /** The newest first. */
  runs(limit?: number): Promise<readonly RunRow[]>;
  close(): Promise<void>;
}
