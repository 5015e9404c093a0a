import { Failure, type FailureFacts } from "../base/failure.ts";
import type { RetryPolicy } from "../recipe/recipe.ts";
import type { JobContext } from "./job-context.ts";

/** When the service limits the rate without saying for how long. */
const rateLimitDelayMs = 30_000;

/** `unlessSent`: only what the service certainly did not act on. */
export type SafeRetry = RetryPolicy & { readonly unlessSent?: boolean };

/**
 * Repeats a call that is safe to repeat, while its failure may pass by itself. Never used around a paid turn.
 * Delays grow with full jitter; what the service asks for in Retry-After comes first. All calls of a run share how
 * often anything is repeated.
 */
export async function retrySafely<Value>(
  call: () => Promise<Value>,
  policy: SafeRetry,
  context: Pick<JobContext, "clock" | "chance" | "signal" | "tell" | "retryBudget">,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      const value = await call();
      context.retryBudget.earn();
      return value;
    } catch (error) {
      if (!(error instanceof Failure) || !mayPass(error.facts, attempt, policy)) throw error;
      if (!context.retryBudget.take()) throw error;
      context.signal.throwIfAborted();
      const delayMs = retryDelayMs(error.facts, attempt, { policy, chance: context.chance });
      const { code, message } = error.facts;
      context.tell({ type: "retrying", attempt, delayMs, failure: { code, message } });
      await context.clock.sleep(delayMs, context.signal);
    }
  }
}

function mayPass(facts: FailureFacts, attempt: number, policy: SafeRetry): boolean {
  if (policy.unlessSent === true && facts.sent === "maybe-sent") return false;
  if (facts.code === "rate-limited") return attempt < 2;
  const passing = facts.transient === true || facts.sent === "not-sent";
  return passing && attempt < policy.attempts;
}

/** Milliseconds to wait before trying again what has failed `attempt` times. */
export function retryDelayMs(
  facts: Pick<FailureFacts, "code" | "retryAfterMs">,
  attempt: number,
  { policy, chance }: { readonly policy: RetryPolicy; readonly chance: () => number },
): number {
  if (facts.retryAfterMs !== undefined) return facts.retryAfterMs;
  if (facts.code === "rate-limited") return rateLimitDelayMs;
  return Math.round(chance() * Math.min(policy.maxDelayMs, policy.delayMs * 2 ** (attempt - 1)));
}
