import { assert } from "../../base/assert.ts";
import { Failure } from "../../base/failure.ts";
import type { FailureNote, JobEvent } from "../../job/event.ts";
import type { JobState } from "../../job/state.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import { retrySafely } from "../retry-safely.ts";

/** The service's own clients ask ten times; the local backend renders as fast as this machine and is asked often. */
const mostPolls = 10;

/** Starts a render under an id that is recorded first, so that a crash can ask for it. */
export async function* startExport(
  state: JobState,
  action: ActionOf<"start-export">,
  context: JobContext,
): Performance {
  const { step, attempt } = action;
  const draft = state.drafts.get(step.draftKey);
  assert(draft !== undefined, "an export has the draft that was kept for it");
  const renderId = context.newId("render");
  yield { type: "export-starting", key: step.key, renderId, attempt };
  const { format, quality } = step;
  try {
    await context.service.startRender(
      { session: sessionOf(state), renderId, draft, format, quality },
      { signal: context.signal },
    );
  } catch (error) {
    if (!(error instanceof Failure) || error.facts.code === "interrupted") throw error;
    // Maybe it has begun: asking for the id will tell, and costs nothing.
    if (error.facts.sent === "maybe-sent") return;
    yield* exportFailed(error, { key: step.key, renderId });
  }
}

/** Asks for a render until it is made, has failed, or has taken too long. */
export async function* pollExport(
  state: JobState,
  action: ActionOf<"poll-export">,
  context: JobContext,
): Performance {
  const { step, renderId } = action;
  const { poll, timeouts, retry } = state.plan.settings;
  const endsAtMs = context.clock.now() + timeouts.renderMs;
  const session = sessionOf(state);
  const options = { signal: context.signal };
  let share: number | undefined;
  for (let asked = 1; ; asked++) {
    try {
      const render = await retrySafely(
        () => context.service.readRender(session, renderId, options),
        retry,
        context,
      );
      if (render.status === "completed") {
        yield {
          type: "export-ready",
          key: step.key,
          renderId,
          ...(render.url !== undefined && { url: render.url }),
        };
        return;
      }
      if (render.status === "failed") {
        yield { type: "export-failed", key: step.key, renderId, failure: failedNote(render.message) };
        return;
      }
      if (render.share !== undefined && render.share !== share) {
        share = render.share;
        yield { type: "export-progress", key: step.key, share };
      }
    } catch (error) {
      if (
        !(error instanceof Failure) ||
        error.facts.sent !== "rejected" ||
        error.facts.code === "unauthorized"
      )
        throw error;
      yield* exportFailed(error, { key: step.key, renderId });
      return;
    }
    const isLast = state.plan.backend !== "local" && asked >= mostPolls;
    if (isLast || context.clock.now() + poll.renderMs > endsAtMs) {
      if (state.exports.get(step.key)?.isOverdue === true)
        yield { type: "export-failed", key: step.key, renderId, failure: timeoutNote(renderId) };
      else yield { type: "job-failed", ...timeoutNote(renderId) };
      return;
    }
    await context.clock.sleep(poll.renderMs, context.signal);
  }
}

function* exportFailed(
  { facts }: Failure,
  { key, renderId }: { readonly key: string; readonly renderId: string },
): Generator<JobEvent, void, void> {
  const failure = {
    code: facts.code,
    message: facts.message,
    ...(facts.hint !== undefined && { hint: facts.hint }),
  };
  yield { type: "export-failed", key, renderId, failure };
  if (facts.code === "export-blocked") yield { type: "job-needs-you", ...failure };
  else if (facts.code === "unauthorized" || facts.code === "scope-missing")
    yield { type: "job-failed", ...failure };
}

function failedNote(said: string | undefined): FailureNote {
  return {
    code: "render-failed",
    message: `the service could not render the draft${said ? `: ${said}` : ""}`,
    hint: "the draft is kept, and exports are free",
  };
}

function timeoutNote(renderId: string): FailureNote {
  return {
    code: "render-timeout",
    message: `the render ${renderId} did not finish in time; it may still be made`,
    hint: "`nemo-recipe recover` looks for it again and fetches it, at no cost",
  };
}
