// job/: The life of one job: what happened (events), where it stands (state), what comes next (action), what may be repeated.
import type { FailureCode } from "../base/failure-codes.ts";
import type { PlannedJob, TurnStep } from "../plan/planned-job.ts";
import type { Draft, FileFacts } from "./media.ts";

/** The session of a job on the service. */
export interface Session {
  /** A 19-digit decimal string: never a number. */
  readonly sessionId: string;
  readonly taskId: string;
}

/** Credits of an account; `total` = `available` + `frozen`. */
export interface Credits {
  readonly available: number;
  readonly frozen: number;
  readonly total: number;
}

/** How a turn's stream ended. Neither says whether the turn ran: the state says that. */
export type StreamEnd = "closed" | "lost" | "silent" | "timed-out";

export interface FailureNote {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
  /** How long the service asked to wait. */
  readonly retryAfterMs?: number;
}

/**
 * Past facts about one job, in the order they were recorded. Folding them gives the JobState.
 * What begins with `-ing` is an intent: it is on disk before its effect begins.
 */
export type JobEvent =
  /** The first event, and again whenever a later run asks for the same job with other exports or more turns. */
  | {
      readonly type: "job-planned";
      readonly runId: string;
      readonly plan: PlannedJob;
      /** Exports that were delivered once and whose file is gone or changed: they are made again, free of charge. */
      readonly exportAgain?: readonly string[];
    }
  | ({ readonly type: "session-opened" } & Session)
  /** A session in which nothing was paid is left for a new one: the service forgot it, or what is in it is not sure. */
  | { readonly type: "session-forgotten"; readonly reason?: "upload-cut-off" }
  | {
      readonly type: "upload-sending";
      readonly key: string;
      /** Files that the session held before it: one more, and it has arrived. */
      readonly filesBefore: number;
    }
  /** The file is certainly not in the session: it may be sent again. */
  | { readonly type: "upload-not-sent"; readonly key: string; readonly failure?: FailureNote }
  | { readonly type: "file-uploaded"; readonly key: string; readonly name: string }
  | {
      readonly type: "turn-sending";
      readonly key: string;
      readonly attempt: number;
      /** Absent in records of the first format. */
      readonly turn?: TurnStep["turn"];
      readonly promptHash: string;
      /** Fingerprint of the draft before the turn; `none` where there was no draft. */
      readonly draftBefore: string;
      readonly creditsBefore: Credits;
      /** When the intent was recorded: the waiting window starts here. */
      readonly atMs: number;
      /** Credits that are set aside for it until its cost is measured. */
      readonly reserved?: number;
      /** Other turns of the account were in flight: frozen credits prove nothing. */
      readonly overlapped: boolean;
    }
  /** The request was never written, or the service refused it whole: nothing was paid, it may be sent again. */
  | { readonly type: "turn-not-sent"; readonly key: string; readonly failure: FailureNote }
  | {
      readonly type: "turn-closed";
      readonly key: string;
      readonly end: StreamEnd;
      /** What the agent said, in order, as text for people. */
      readonly texts: readonly string[];
      readonly failure?: FailureNote;
    }
  | {
      readonly type: "turn-settled";
      readonly key: string;
      readonly changed: boolean;
      readonly draft?: Draft;
      /** Measured on the balance; absent where it could not be measured. */
      readonly cost?: number;
      readonly creditsAfter?: Credits;
      /** A person went on before the time for a change was over: until then one may follow, and be charged. */
      readonly openUntilMs?: number;
    }
  /** The draft meets the refinement's `unless`: nothing is sent. */
  | { readonly type: "turn-skipped"; readonly key: string }
  /** The whole waiting window passed and nobody can know whether the turn ran. */
  | {
      readonly type: "turn-unknown";
      readonly key: string;
      readonly failure: FailureNote;
      /** The draft is another one than before the turn, and goes on changing. */
      readonly changed?: true;
    }
  /** A person decided: the draft as it stands is the turn's result, it may be sent again, or it is given up. */
  | { readonly type: "turn-resolved"; readonly key: string; readonly decision: "adopt" | "resend" | "drop" }
  | {
      readonly type: "export-starting";
      readonly key: string;
      readonly renderId: string;
      readonly attempt: number;
    }
  | { readonly type: "export-progress"; readonly key: string; readonly share: number }
  | { readonly type: "export-ready"; readonly key: string; readonly renderId: string; readonly url?: string }
  | {
      readonly type: "export-failed";
      readonly key: string;
      readonly renderId: string;
      readonly failure: FailureNote;
    }
  | {
      readonly type: "file-placing";
      readonly key: string;
      readonly path: string;
      readonly sha256: string;
      readonly sizeBytes: number;
    }
  | {
      readonly type: "file-delivered";
      readonly key: string;
      readonly path: string;
      readonly facts: FileFacts;
      /** How the draft or the file differs from `expect`; empty where it is met. */
      readonly unmet: readonly string[];
      /** Something to look at, not what was asked for. */
      readonly preview?: true;
    }
  /** The draft with that key waits for a person, until then where there is a deadline. */
  | { readonly type: "review-asked"; readonly key: string; readonly untilMs?: number }
  | {
      readonly type: "review-decided";
      readonly key: string;
      readonly decision: "approve" | "stop";
      readonly by: "person" | "deadline";
    }
  | { readonly type: "job-finished" }
  | ({ readonly type: "job-failed" } & FailureNote)
  | ({ readonly type: "job-needs-you" } & FailureNote)
  /** A run took the job up again: what failed before no longer stands in the way. */
  | { readonly type: "job-resumed"; readonly runId: string };

/** An event as the journal keeps it. */
export interface RecordedEvent {
  readonly jobId: string;
  /** 1, 2, 3 … within the job: the fence that lets one writer win. */
  readonly seq: number;
  readonly atMs: number;
  readonly event: JobEvent;
}

/** What is shown while it happens and never recorded. */
export type Signal =
  | {
      readonly type: "upload-progress";
      readonly name: string;
      readonly sentBytes: number;
      readonly sizeBytes: number;
    }
  | { readonly type: "agent-said"; readonly text: string }
  | { readonly type: "still-working"; readonly elapsedMs: number }
  | { readonly type: "turn-waiting"; readonly prompt: string }
  /** The stream has ended and nothing has changed so far: a change is waited for, this long at most. */
  | { readonly type: "turn-unchanged"; readonly leftMs: number }
  | { readonly type: "render-progress"; readonly share: number }
  | { readonly type: "download-progress"; readonly receivedBytes: number; readonly sizeBytes?: number }
  | {
      readonly type: "retrying";
      readonly attempt: number;
      readonly delayMs: number;
      readonly failure: FailureNote;
    }
  | { readonly type: "warning"; readonly message: string; readonly hint?: string };
