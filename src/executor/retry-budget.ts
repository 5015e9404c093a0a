const mostRetries = 30;
const earnedByAnswer = 0.5;

/**
 * How many repeats all calls of a run may still make: an outage must not be met with each call's every try. Answers
 * earn repeats again, so that single failures of a long run are always repeated.
 *
 * Owns: the repeats left, over all jobs of a run. Talks to: nobody.
 * Invariants: never below none, never above what a run begins with.
 */
export interface RetryBudget {
  /** False where none is left: the failure stands. */
  take(): boolean;
  /** A call was answered. */
  earn(): void;
}

export function retryBudget(): RetryBudget {
  let left = mostRetries;
  return {
    take() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    earn: () => void (left = Math.min(mostRetries, left + earnedByAnswer)),
  };
}
