import { turnInFlight } from "../job/state.ts";
import type { JobRest } from "./run-outcome.ts";

/** Jobs of a run that ended badly in a row, over all its recipes. */
export interface Breaker {
  readonly streak: number;
  /** No further job starts in this run. */
  readonly isOpen: boolean;
}

/** So many jobs in a row that cost and brought nothing are no accident: the next would cost as well. */
const mostWasted = 3;

export const closedBreaker: Breaker = { streak: 0, isOpen: false };

/**
 * The breaker behind one more job. A delivery ends a row; a job that cost nothing neither ends nor lengthens it. Once
 * open, it stays open until a person has looked.
 */
export function afterJob({ streak, isOpen }: Breaker, rest: JobRest): Breaker {
  if (rest.rest !== "came-to-rest" || rest.state.plan.backend === "local") return { streak, isOpen };
  if (rest.state.status === "finished" || rest.files.length > 0) return { streak: 0, isOpen };
  if (!isWasted(rest)) return { streak, isOpen };
  return { streak: streak + 1, isOpen: isOpen || streak + 1 >= mostWasted };
}

/** Nobody knows whether its turn ran, or it sent turns that may have been paid and delivered nothing. */
function isWasted(rest: Extract<JobRest, { rest: "came-to-rest" }>): boolean {
  const { state, interrupted, isFetched, turnsSent } = rest;
  if (interrupted || isFetched || state.failure?.code === "review-wanted") return false;
  const isUnknown = [...state.turns.values()].some((turn) => turn.status === "unknown");
  return isUnknown || turnInFlight(state) !== undefined || turnsSent > 0;
}
