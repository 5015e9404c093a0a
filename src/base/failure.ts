import type { FailureCode } from "./failure-codes.ts";

/**
 * Whether the service may have acted on a call that failed.
 *
 * - `not-sent`: the request was never written (refused, DNS, connect timeout, TLS). Safe to send again.
 * - `rejected`: a complete answer with a known code says that nothing was done.
 * - `maybe-sent`: everything else. A paid call in this state is reconciled, never sent again.
 */
export type Sent = "not-sent" | "rejected" | "maybe-sent";

export interface FailureFacts {
  readonly code: FailureCode;
  /** What happened, in one sentence for the user. */
  readonly message: string;
  /** The next step that helps. */
  readonly hint?: string;
  readonly sent: Sent;
  /** How long the service asks to wait before the next call. */
  readonly retryAfterMs?: number;
  /** True where the same call may succeed a moment later (5xx, reset, timeout). */
  readonly transient?: boolean;
}

/** The world refused. Thrown by adapters; the job loop turns it into an event. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, cause?: unknown) {
    super(facts.message, cause === undefined ? undefined : { cause });
    this.facts = facts;
  }
}
