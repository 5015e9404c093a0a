import { utcMinute } from "../base/utc-minute.ts";
import { isReviewDue, reviewedDraft, type JobState } from "../job/state.ts";

/** What is to be said of a review whose deadline has passed, as long as nobody has acted on it. */
export interface ReviewOver {
  readonly text: string;
  readonly next: string;
}

/** Undefined where the job waits for no review, or still has time. */
export function reviewOver(state: JobState, nowMs: number): ReviewOver | undefined {
  const { jobId, plan, reviews } = state;
  const untilMs = reviews.get(reviewedDraft(state) ?? "")?.untilMs;
  if (untilMs === undefined || plan.review === undefined || !isReviewDue(state, nowMs)) return undefined;
  const text = `the time for your review was over at ${utcMinute(untilMs)}: the video`;
  const itself = "`watch`, `schedule` or `up` of its recipe does so by itself";
  if (plan.review.atDeadline === "approve")
    return {
      text: `${text} counts as approved`,
      next: `\`nemo-recipe resume ${jobId}\` goes on with its export, free of charge; ${itself}`,
    };
  return {
    text: `${text} is given up, and its draft is kept`,
    next: `\`nemo-recipe approve ${jobId}\` exports it all the same, free of charge; \`nemo-recipe resume ${jobId}\` gives it up; ${itself}`,
  };
}
