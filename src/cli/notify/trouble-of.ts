import { Failure } from "../../base/failure.ts";
import type { Trouble } from "../../notify/notifier.ts";
import { exitCodes } from "../exit-code.ts";
import { exitCodeOf, Stop } from "../stop.ts";

/** What ended a run as a whole, for people elsewhere. */
export function troubleOf(error: unknown): Omit<Trouble, "recipes"> {
  if (error instanceof Stop) {
    const [problem] = error.problems;
    const message = problem === undefined ? error.message : `${error.message} ${problem.message}`.trim();
    const next = error.hint ?? problem?.hint;
    return {
      occasion: error.exitCode === exitCodes.refused ? "budget" : "failed",
      facts: { code: problem?.code ?? error.code, message, ...(next !== undefined && { next }) },
    };
  }
  if (error instanceof Failure) {
    const { code, message, hint } = error.facts;
    return {
      occasion: exitCodeOf(error) === exitCodes.refused ? "budget" : "failed",
      facts: { code, message, ...(hint !== undefined && { next: hint }) },
    };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    occasion: "failed",
    facts: { code: "bug", message, next: "nemo-recipe status shows what is on record" },
  };
}
