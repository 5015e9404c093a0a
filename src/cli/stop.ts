import type { FailureCode } from "../base/failure-codes.ts";
import { Failure } from "../base/failure.ts";
import type { Problem } from "../recipe/problem.ts";
import { exitCodes } from "./exit-code.ts";
import type { RefusalCode } from "./refusal-codes.ts";

/** Ends a command early: `lines` go to stderr. Thrown inside cli/ only. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly exitCode: number;
  readonly code: RefusalCode | FailureCode;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(exitCode: number, message: string, more: StopFacts = {}) {
    super(message);
    this.exitCode = exitCode;
    this.code = more.code ?? usualCodes[exitCode] ?? "failed";
    this.hint = more.hint;
    this.problems = more.problems ?? [];
  }
}

export interface StopFacts {
  /** Which kind of refusal it is, where the exit code does not say it all. */
  readonly code?: RefusalCode | FailureCode;
  readonly hint?: string;
  readonly problems?: readonly Problem[];
}

const usualCodes: Readonly<Record<number, RefusalCode | FailureCode>> = {
  [exitCodes.usage]: "usage",
  [exitCodes.refused]: "refused",
  [exitCodes.interrupted]: "interrupted",
};

/** The command line was used wrongly. */
export const usage = (
  message: string,
  hint: string | undefined = undefined,
  code: RefusalCode = "usage",
): Stop => new Stop(exitCodes.usage, message, { code, ...(hint !== undefined && { hint }) });

/** What ends a run as a whole; `maybe-sent` then says that a turn was running. */
const ofTheDisk: ReadonlySet<FailureCode> = new Set(["journal-failed", "disk-full", "disk-error"]);

/** The exit code that a trouble ends with: what nobody foresaw is a bug of ours. */
export function exitCodeFor(error: unknown): number {
  if (error instanceof Stop) return error.exitCode;
  return error instanceof Failure ? exitCodeOf(error) : exitCodes.bug;
}

/** Exit 3 where spending is refused; 75 where paid work may be live; else 1. */
export function exitCodeOf(failure: Failure): number {
  const { code, sent } = failure.facts;
  if (code === "no-credits" || code === "over-budget") return exitCodes.refused;
  if (code === "job-busy" || code === "turn-unknown") return exitCodes.mayBeLive;
  if (sent === "maybe-sent" && ofTheDisk.has(code)) return exitCodes.mayBeLive;
  return code === "interrupted" ? exitCodes.interrupted : exitCodes.failed;
}
