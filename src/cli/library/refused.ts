import { Failure } from "../../base/failure.ts";
import type { FailureCode } from "../../base/failure-codes.ts";
import type { Problem } from "../../recipe/problem.ts";
import type { RefusalCode } from "../refusal-codes.ts";
import { exitCodes } from "../exit-code.ts";
import { Stop } from "../stop.ts";

/**
 * Nothing was begun: the recipe, the request or the config is wrong (exitCode 2), spending is refused (3), or what it
 * needs is missing (1), or it was stopped before it began (130). `message` is what the command line prints.
 */
export class RunRefused extends Error {
  override readonly name = "RunRefused";
  /** As of the command line. */
  readonly exitCode: number;
  /** Stable; docs/errors.md lists them. `problems` where it is the recipe or the config: each has its own. */
  readonly code: RefusalCode | FailureCode | "problems" | "bug";
  /** What is wrong with the recipe or the config, each with its place. */
  readonly problems: readonly Problem[];

  constructor(exitCode: number, message: string, cause: unknown) {
    super(message, { cause });
    this.exitCode = exitCode;
    this.problems = cause instanceof Stop ? cause.problems : [];
    this.code = exitCode === exitCodes.interrupted ? "interrupted" : codeOf(cause);
  }
}

function codeOf(cause: unknown): RunRefused["code"] {
  if (cause instanceof Failure) return cause.facts.code;
  if (!(cause instanceof Stop)) return "bug";
  return cause.problems.length > 0 ? "problems" : cause.code;
}
