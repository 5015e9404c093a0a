import type { Step, TurnStep } from "./planned-job.ts";

/** Credits as the service counts them: what is the least, the usual and the most to be charged. */
export interface CreditRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/**
 * What one sent turn is taken to cost. The service publishes only "a clip about 100, an editing session about 50, an
 * export nothing". A prompt may do either; a variant may have the whole clip generated anew; a refinement is a part
 * of an editing session, and in the worst case a generation as well.
 */
export const publishedCredits: Readonly<Record<TurnStep["turn"], CreditRange>> = {
  prompt: { low: 50, likely: 100, high: 100 },
  variant: { low: 50, likely: 100, high: 100 },
  refinement: { low: 10, likely: 25, high: 100 },
};

/** What a turn is taken to cost at most where nothing is known of it. */
export const reserveWithoutHistory = 100;

const nothing: CreditRange = { low: 0, likely: 0, high: 0 };

/** Credits of the turns that are still to be sent, by what one sending costs. The local backend's are not real. */
export function estimateCredits(
  missing: readonly Step[],
  backend: string,
  costs: Readonly<Record<TurnStep["turn"], CreditRange>> = publishedCredits,
): CreditRange {
  if (backend === "local") return nothing;
  return sumCredits(
    missing.map((step) => (step.kind === "turn" ? estimateTurn(step, costs[step.turn]) : nothing)),
  );
}

/** A turn that waits for its `unless` may never be sent, and may be sent `atMost` times. */
function estimateTurn(step: TurnStep, { low, likely, high }: CreditRange): CreditRange {
  if (step.unless === undefined) return { low, likely, high };
  return { low: 0, likely, high: high * step.atMost };
}

export function sumCredits(ranges: readonly CreditRange[]): CreditRange {
  return ranges.reduce(
    (sum, range) => ({
      low: sum.low + range.low,
      likely: sum.likely + range.likely,
      high: sum.high + range.high,
    }),
    nothing,
  );
}
