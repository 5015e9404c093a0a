import { Failure } from "../base/failure.ts";
import { spentCredits, type JobState } from "../job/state.ts";

/** What ends a run in the middle of a job says what was paid in it, since no other line will. */
export function tellPaid(error: unknown, state: JobState): unknown {
  const { credits, unknown } = spentCredits(state);
  if (!(error instanceof Failure) || state.plan.backend === "local" || (credits === 0 && !unknown))
    return error;
  const measured = credits > 0 ? [`${credits} credits`] : [];
  const paid = [...measured, ...(unknown ? ["turns that were not measured"] : [])].join(" and ");
  const message = `${error.facts.message}; ${paid} were paid for ${state.plan.name} before, and what they made is kept`;
  return new Failure({ ...error.facts, message }, error);
}
