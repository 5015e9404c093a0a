import { assert } from "../base/assert.ts";
import { shownBeside } from "../base/shown-beside.ts";
import { isAtHead } from "../plan/is-at-head.ts";
import type { ExportStep, Step, TurnStep, UploadStep } from "../plan/planned-job.ts";
import type { Action } from "./action.ts";
import { draftDifferences } from "./check-differences.ts";
import type { FailureNote } from "./event.ts";
import { spentCredits, type JobState, type TurnState } from "./state.ts";

/** A render is started once, and once more under a new id. */
const renderAttempts = 2;
const forgottenSessions = 2;

/**
 * What comes next: the first step that is not done says it. Undefined where nothing does, because the job has ended
 * or waits for a person. Pure: after a crash the fold of the journal leads to the same decision.
 */
export function nextAction(state: JobState): Action | undefined {
  if (state.status !== "going") return undefined;
  for (const step of state.plan.steps) {
    const action = actionFor(state, step);
    if (action !== undefined) return action;
  }
  return closingAction(state);
}

function actionFor(state: JobState, step: Step): Action | undefined {
  switch (step.kind) {
    case "upload":
      return uploadAction(state, step);
    case "turn":
      return turnAction(state, step);
    case "export":
      return exportAction(state, step);
  }
}

function uploadAction(state: JobState, step: UploadStep): Action | undefined {
  if (state.uploads.has(step.key)) return undefined;
  if (state.uploading?.key === step.key) return { type: "reconcile-upload", replay: "safe", step };
  return inSession(state, step, { type: "upload", replay: "safe", step });
}

function turnAction(state: JobState, step: TurnStep): Action | undefined {
  const turn = state.turns.get(step.key);
  switch (turn?.status) {
    case "sending":
    case "closed":
      return { type: "reconcile-turn", replay: "safe", step };
    case "skipped":
      return undefined;
    case "settled": {
      return isDone(state, step, turn) ? undefined : sendTurn(state, step);
    }
    case "not-sent":
      if (turn.failure !== undefined && turn.refusals >= state.plan.settings.retry.attempts)
        return fail(turn.failure);
      return sendTurn(state, step);
    case "unknown":
    case undefined:
      assert(turn === undefined, "a job with an unknown turn waits for a person");
      if (isMet(state, step)) return { type: "skip-turn", replay: "safe", step };
      return sendTurn(state, step);
  }
}

/** Once a later step has gone into the session, an earlier one is never taken up again. */
function isDone(state: JobState, step: TurnStep, { attempts }: TurnState): boolean {
  return (
    step.unless === undefined || attempts >= step.atMost || state.head !== step.key || isMet(state, step)
  );
}

function sendTurn(state: JobState, step: TurnStep): Action {
  const attempt = (state.turns.get(step.key)?.attempts ?? 0) + 1;
  return inSession(state, step, { type: "send-turn", replay: "never", step, attempt });
}

function isMet(state: JobState, step: TurnStep): boolean {
  const draft = state.newestDraft;
  if (step.unless === undefined || draft === undefined || !draft.ready) return false;
  return draftDifferences(step.unless, draft.timeline).length === 0;
}

function exportAction(state: JobState, step: ExportStep): Action | undefined {
  const made = state.exports.get(step.key);
  if (made?.status === "delivered") return undefined;
  if (made === undefined && state.drafts.get(step.draftKey)?.ready !== true) return fail(noVideo(state));
  // Also of a render that was begun before the recipe had a review.
  const review = reviewAction(state, step);
  if (review !== undefined) return review;
  if (made === undefined) return { type: "start-export", replay: "once", step, attempt: 1 };
  switch (made.status) {
    case "rendering":
      return { type: "poll-export", replay: "safe", step, renderId: made.renderId };
    case "failed":
      if (made.attempts < renderAttempts) {
        return { type: "start-export", replay: "once", step, attempt: made.attempts + 1 };
      }
      if (step.preview === true) return undefined;
      return fail(made.failure ?? { code: "render-failed", message: "the render failed" });
    case "ready":
    case "placing":
      return { type: "deliver", replay: "safe", step, renderId: made.renderId };
  }
}

/** Nothing but a preview is exported, or delivered, before a person has approved the draft. */
function reviewAction({ plan, reviews, jobId }: JobState, step: ExportStep): Action | undefined {
  if (plan.review === undefined || step.preview === true) return undefined;
  switch (reviews.get(step.draftKey)?.status) {
    case "approved":
      return undefined;
    case "stopped":
      return fail({
        code: "not-approved",
        message: "nobody approved the video before its deadline",
        hint: `the draft is kept: \`nemo-recipe approve ${jobId}\` exports it all the same, free of charge`,
      });
    case "waiting":
    case undefined:
      return { type: "ask-review", replay: "safe", step, rule: plan.review };
  }
}

/** Whatever goes into a session needs one, and goes in after exactly what the plan has before it. */
function inSession(state: JobState, step: UploadStep | TurnStep, action: Action): Action {
  if (state.session === undefined) {
    if (state.sessionsForgotten >= forgottenSessions) {
      return fail({
        code: "session-lost",
        message: "the service forgets each session that is opened; nothing was paid",
      });
    }
    return { type: "open-session", replay: "safe" };
  }
  const before = keyBefore(state.plan.steps, step);
  const repeated = state.head === step.key;
  assert(
    repeated || isAtHead(state, before),
    `step ${step.key} would go into a session that holds something else`,
  );
  return action;
}

function keyBefore(steps: readonly Step[], step: Step): string {
  const earlier = steps.slice(0, steps.indexOf(step)).filter((other) => other.kind !== "export");
  return earlier.at(-1)?.key ?? "";
}

function closingAction(state: JobState): Action {
  const made = state.plan.steps.flatMap((step) => {
    const delivered = state.exports.get(step.key)?.delivered;
    if (step.kind !== "export" || delivered === undefined || delivered.unmet.length === 0) return [];
    return [{ shownPath: shownBeside(step, delivered.path), unmet: delivered.unmet }];
  });
  if (made.length === 0) return { type: "finish", replay: "safe" };
  return fail({
    code: "expectation-unmet",
    message: `the video is not what \`expect\` asks for: ${[...new Set(made.flatMap(({ unmet }) => unmet))].join("; ")}`,
    hint: `what was made is kept as ${made.map(({ shownPath }) => shownPath).join(", ")}; correct \`expect\`, or add a line to \`refinements\`: \`nemo-recipe run\` then pays for no more than that line (a prompt that is changed is paid anew, with all before it)`,
  });
}

/** What the agent said last may be a question: it is quoted, because it tells what to change. */
function noVideo(state: JobState): FailureNote {
  const said = [...state.turns.values()].flatMap((turn) => turn.texts).at(-1);
  const { credits, unknown } = spentCredits(state);
  const isPaid = state.plan.backend !== "local" && (credits > 0 || unknown);
  return {
    code: "no-video",
    message:
      "after all turns there is no video in the session" + (said ? `; the service said: "${said}"` : ""),
    hint: `say in the prompt what the video should show, or add inputs: \`nemo-recipe run\` then makes it anew${isPaid ? ", which is paid anew" : ""}`,
  };
}

function fail(failure: FailureNote): Action {
  return { type: "fail", replay: "safe", failure };
}
