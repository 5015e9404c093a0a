import type { FailureCode } from "../base/failure-codes.ts";
import type { Failure } from "../base/failure.ts";
import type { Problem } from "../recipe/problem.ts";
import { exitCodes } from "./exit-code.ts";

/** Ends a command early: `lines` go to stderr. Thrown inside cli/ only. */
export class Stop extends Error {
  override readonly name = "Stop";
  readonly code: number;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(code: number, message: string, more: { hint?: string; problems?: readonly Problem[] } = {}) {
    super(message);
    this.code = code;
    this.hint = more.hint;
    this.problems = more.problems ?? [];
  }
}

/** The command line was used wrongly. */
export const usage = (message: string, hint: string | undefined = undefined): Stop =>
  new Stop(exitCodes.usage, message, hint === undefined ? {} : { hint });

/** What ends a run as a whole; `maybe-sent` then says that a turn was running. */
const ofTheDisk: ReadonlySet<FailureCode> = new Set(["journal-failed", "disk-full", "disk-error"]);

/** Exit 3 where spending is refused; 75 where paid work may be live; else 1. */
export function exitCodeOf(failure: Failure): number {
  const { code, sent } = failure.facts;
  if (code === "no-credits" || code === "over-budget") return exitCodes.refused;
  if (code === "job-busy" || code === "turn-unknown") return exitCodes.mayBeLive;
  if (sent === "maybe-sent" && ofTheDisk.has(code)) return exitCodes.mayBeLive;
  return code === "interrupted" ? exitCodes.interrupted : exitCodes.failed;
}
