import { stateOf } from "../job/fold.ts";
import { isReviewDue, reviewedDraft, type JobState } from "../job/state.ts";
import type { Journal } from "./ports.ts";

export interface ReviewsOf {
  /** `local`, or the origin of the service. */
  readonly backend: string;
  readonly recipes: ReadonlySet<string>;
}

/** Looks for the jobs of recipes whose review has passed its deadline, and that nobody drives. */
export type LookForReviews = (of: ReviewsOf, nowMs: number) => Promise<readonly JobState[]>;

interface Known {
  readonly updatedAtMs: number;
  readonly untilMs: number;
  readonly backend: string;
}

/**
 * Owns: until when each waiting job waits. Talks to: the journal.
 * Invariants: a job is read again only when it has gone on, or is due.
 */
export function dueReviews(journal: Pick<Journal, "unfinishedJobs" | "read" | "lock">): LookForReviews {
  const known = new Map<string, Known>();
  return async ({ backend, recipes }, nowMs) => {
    const due: JobState[] = [];
    const rows = await journal.unfinishedJobs();
    const waiting = rows.filter(({ status, recipe }) => status === "needs-you" && recipes.has(recipe));
    const ids = new Set(waiting.map(({ jobId }) => jobId));
    for (const jobId of known.keys()) if (!ids.has(jobId)) known.delete(jobId);
    for (const { jobId, updatedAtMs } of waiting) {
      const before = known.get(jobId);
      if (before?.updatedAtMs === updatedAtMs && (before.backend !== backend || nowMs < before.untilMs))
        continue;
      const state = stateOf(await journal.read(jobId));
      if (state === undefined) continue;
      const untilMs = state.reviews.get(reviewedDraft(state) ?? "")?.untilMs ?? Infinity;
      known.set(jobId, { updatedAtMs, untilMs, backend: state.plan.backend });
      if (state.plan.backend !== backend || !isReviewDue(state, nowMs)) continue;
      const lock = await journal.lock(jobId);
      await lock?.release();
      if (lock !== undefined) due.push(state);
    }
    return due;
  };
}
