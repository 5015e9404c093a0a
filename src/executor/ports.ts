// The executor's view of the world. Each port has two implementations, and one contract suite runs against both.
import type { FailureCode } from "../base/failure-codes.ts";
import type { Format, Quality, Row, Skill, Timeouts } from "../recipe/recipe.ts";
import type { FoundFile, PlannedJob } from "../plan/planned-job.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { Credits, JobEvent, RecordedEvent, Session, Signal, StreamEnd } from "../job/event.ts";
import type { Draft, FileFacts } from "../job/media.ts";
import type { Spending } from "../job/spending.ts";
import type { CostSample } from "../plan/turn-costs.ts";
import type { FailureFacts } from "../base/failure.ts";
export type { Clock } from "../base/clock.ts";

export interface Account {
  /** Hash of the user id, or of what identifies the account where the service gives none. */
  readonly id: string;
  readonly kind: "anonymous" | "registered";
  readonly expiresAtMs?: number;
  /** Page on which an anonymous user keeps the account and its work. */
  readonly registerUrl?: string;
}

/** A session together with the skill whose attribution headers go on each of its calls. */
export interface SessionRef extends Session {
  readonly skill: Skill;
}

export interface UploadedFile {
  readonly name: string;
}

/** How one turn's stream ended. The call throws a Failure where the turn was `not-sent` or `rejected`. */
export interface TurnClose {
  readonly end: StreamEnd;
  readonly texts: readonly string[];
  /** An error that the stream itself reported. */
  readonly failure?: FailureFacts;
}

export interface RenderState {
  readonly status: "pending" | "processing" | "completed" | "failed";
  /** From 0 to 1, where known. */
  readonly share?: number;
  readonly url?: string;
  readonly message?: string;
}

/** Takes bytes in order. `write` resolves when the next chunk may come; the one given must not be changed any more. */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void>;
}

/**
 * A readable file of known length. `open` may be called again: every call starts at `fromByte` (default 0). A chunk is
 * good until the next one is asked for: who keeps it longer copies it.
 */
export interface ByteSource {
  readonly name: string;
  readonly sizeBytes: number;
  open(fromByte?: number): AsyncIterable<Uint8Array>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * The service in our words. Every method throws a {@link Failure} from base/ when the service refuses; its `sent`
 * says whether the service may have acted. No method repeats a call by itself, but for one: a bad anonymous token is
 * renewed once and the same call made again where that is safe.
 */
export interface NemoService {
  /** `local`, or the origin of the service. */
  readonly backend: string;
  account(): Promise<Account>;
  credits(options?: CallOptions): Promise<Credits>;
  openSession(
    request: { readonly skill: Skill; readonly language: string },
    options?: CallOptions,
  ): Promise<Session>;
  uploadFile(
    request: {
      readonly session: SessionRef;
      readonly source: ByteSource;
      readonly onSent?: (bytes: number) => void;
    },
    options?: CallOptions,
  ): Promise<UploadedFile>;
  uploadUrl(
    request: { readonly session: SessionRef; readonly url: string },
    options?: CallOptions,
  ): Promise<UploadedFile>;
  /**
   * The one paid call. Sends `prompt` exactly once and listens until the stream ends, is silent for too long, or is
   * lost. Resolves with how it ended: that proves nothing about whether the turn ran.
   */
  runTurn(
    request: {
      readonly session: SessionRef;
      readonly prompt: string;
      readonly timeouts: Timeouts;
      readonly onSignal: (signal: Signal) => void;
    },
    options?: CallOptions,
  ): Promise<TurnClose>;
  /** The draft as it stands; undefined where the session has none yet. */
  readDraft(session: SessionRef, options?: CallOptions): Promise<Draft | undefined>;
  startRender(
    request: {
      readonly session: SessionRef;
      readonly renderId: string;
      readonly draft: Draft;
      readonly format: Format;
      readonly quality: Quality;
    },
    options?: CallOptions,
  ): Promise<void>;
  readRender(session: SessionRef, renderId: string, options?: CallOptions): Promise<RenderState>;
  /** Writes the rendered file to `sink`: from `url`, and from the download address when that does not answer. */
  download(
    request: {
      readonly session: SessionRef;
      readonly renderId: string;
      readonly url?: string;
      /** Starts the file anew: called before the first byte of every attempt. */
      readonly openSink: () => Promise<ByteSink>;
      readonly onReceived?: (receivedBytes: number, sizeBytes?: number) => void;
    },
    options?: CallOptions,
  ): Promise<void>;
  /** A link that opens the session in a browser and gives nothing else away. */
  claimLink(session: SessionRef, options?: CallOptions): Promise<string>;
  /** The session's page, without any token. */
  pageLink(session: Session): string;
}

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

/** Which sendings of turns are meant: those since then, and only the recipe's or the job's where one is named. */
export interface SpendQuery {
  readonly sinceMs: number;
  readonly recipe?: string;
  readonly jobId?: string;
}

/** Whose turns, by the name of their recipe or of their skill. */
export interface CostQuery {
  readonly backend: string;
  readonly of: "recipe" | "skill";
  readonly name: string;
}

/** Keeps events, in order, durably; answers what was made before. */
export interface Journal {
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
  /** SHA-256 of the file that we placed, or were placing, at this absolute path, the newest first. */
  findPlaced(path: string): Promise<readonly string[]>;
  /** What this machine spent and has reserved. What the local backend counts is not real and never in it. */
  spent(query: SpendQuery): Promise<Spending>;
  /** Measured costs of earlier turns, the newest 200 of each kind. */
  costSamples(query: CostQuery): Promise<readonly CostSample[]>;
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

/** A file on its way to its place: written beside it under a name of its own, and moved there whole. */
export interface Delivery {
  /** Starts the file anew and returns where its bytes go. */
  openSink(): Promise<ByteSink>;
  /**
   * Closes and syncs the file, reads what it shows of itself. Throws `wrong-media` for what is no such media, and
   * `download-failed`, transient, where its end is missing.
   */
  verify(format: Format): Promise<FileFacts>;
  /** Moves it to `path` in one step, unless a file stands there whose hash is not in `ours`: then `output-exists`. */
  place(path: string, replace: { readonly ours: readonly string[]; readonly any: boolean }): Promise<void>;
  discard(): Promise<void>;
}

/** A file that matched but cannot be used. */
export interface FileRefusal {
  readonly shownPath: string;
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
}

/** The file system as the executor needs it. A fifth port, so that the simulator can run without a disk. */
export interface Files {
  /**
   * The media that a path, folder or glob names, in natural order, each read once for its hash. `pattern` starts at
   * `dir`; text that came out of a template is escaped by backslashes, so that it is never a glob. A path that is
   * there as it stands is meant as it stands. No match: both lists are empty.
   */
  find(search: {
    readonly pattern: string;
    readonly dir: string;
  }): Promise<{ readonly files: readonly FoundFile[]; readonly refused: readonly FileRefusal[] }>;
  /** The rows of a CSV, JSON or JSON Lines file. Throws a Failure `file-unreadable` that names the line. */
  readRows(path: string): Promise<readonly Row[]>;
  /** Opens an input whose size and mtime must still be what the plan saw; else Failure `file-changed`. HEIC becomes JPEG. */
  openInput(file: FoundFile): Promise<ByteSource>;
  /** A delivery next to `path`, its temporary name made from `tag`. No link may lead it out of the folder `within`. */
  deliver(path: string, tag: string, options?: { readonly within?: string }): Promise<Delivery>;
  /** SHA-256 of the file at the path; undefined where there is none. */
  hashOf(path: string): Promise<string | undefined>;
}

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

/** Why a job was not taken up: nothing to do, another process drives it, a person must decide, the run was stopped. */
export type SkipReason = "up-to-date" | "busy" | "parked" | "stopped" | "cancelled";

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
}

/** Told what happens; shows it. Never throws, never blocks the job. */
export interface Reporter {
  report(report: Report): void;
}
