import { utcMinute } from "../../base/utc-minute.ts";
import { timelineSummary } from "../../job/timeline-summary.ts";
import type { JobState } from "../../job/state.ts";
import type { ExportStep, TurnStep } from "../../plan/planned-job.ts";
import type { ActionOf, JobContext, Performance } from "../job-context.ts";

/**
 * Leaves the draft to a person: the job rests until somebody approves or refines it. The first time the deadline is
 * recorded; once it has passed, the rule decides whenever the job is taken up, which a daemon does then.
 */
export async function* askReview(
  state: JobState,
  { step, rule }: ActionOf<"ask-review">,
  context: JobContext,
): Performance {
  const nowMs = context.clock.now();
  const asked = state.reviews.get(step.draftKey);
  const untilMs = asked === undefined ? deadlineOf(rule.deadlineMs, nowMs) : asked.untilMs;
  if (asked === undefined) {
    yield { type: "review-asked", key: step.draftKey, ...(untilMs !== undefined && { untilMs }) };
  } else if (untilMs !== undefined && nowMs >= untilMs) {
    const decision = rule.atDeadline;
    yield { type: "review-decided", key: step.draftKey, decision, by: "deadline" };
    return;
  }
  yield {
    type: "job-needs-you",
    code: "review-wanted",
    message: `the video waits for your review: ${draftText(state, step)}`,
    hint: hintOf(state, { context, untilMs, atDeadline: rule.atDeadline }),
  };
}

function deadlineOf(deadlineMs: number | undefined, nowMs: number): number | undefined {
  return deadlineMs === undefined ? undefined : nowMs + deadlineMs;
}

/** The preview, where it was made, and the timeline. */
function draftText({ plan, drafts, exports }: JobState, { draftKey, variant }: ExportStep): string {
  const draft = drafts.get(draftKey);
  const timeline = draft === undefined ? "" : timelineSummary(draft.timeline);
  const preview = plan.steps.find(
    (one) => one.kind === "export" && one.preview === true && one.draftKey === draftKey,
  );
  const isMade = preview !== undefined && exports.get(preview.key)?.status === "delivered";
  const shown = isMade && preview.kind === "export" ? `, preview ${preview.shownPath}` : "";
  return `${variant === undefined ? "" : `${variant}: `}${timeline}${shown}`;
}

interface Rule {
  readonly context: JobContext;
  readonly untilMs: number | undefined;
  readonly atDeadline: "approve" | "stop";
}

function hintOf({ jobId, plan }: JobState, { context, untilMs, atDeadline }: Rule): string {
  const cost = plan.backend === "local" ? "" : `, for up to ${reserveFor(plan, context)} credits`;
  const what = atDeadline === "approve" ? "counts as approved" : "is given up";
  const end =
    untilMs === undefined
      ? ""
      : `; after ${utcMinute(untilMs)} it ${what}: \`watch\`, \`schedule\` or \`up\` of its recipe sees to that, else \`nemo-recipe resume\``;
  return `\`nemo-recipe approve ${jobId}\` exports it, free of charge; \`nemo-recipe refine ${jobId} "…"\` changes it first${cost}${end}`;
}

/** The most that one more turn is known to cost. */
function reserveFor(plan: JobState["plan"], { money }: JobContext): number {
  const last = plan.steps.findLast((step): step is TurnStep => step.kind === "turn");
  return last === undefined ? 0 : money.reserveFor(plan, { ...last, turn: "refinement" });
}
