import { assert } from "../../base/assert.ts";
import { Failure } from "../../base/failure.ts";
import type { FailureNote, JobEvent } from "../../job/event.ts";
import { noteOf } from "../../job/note-of.ts";
import type { JobState } from "../../job/state.ts";
import { sessionOf, type ActionOf, type JobContext, type Performance } from "../job-context.ts";
import type { RenderState } from "../ports.ts";
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
  const { key } = action.step;
  const { renderId } = action;
  const { poll, timeouts } = state.plan.settings;
  const endsAtMs = context.clock.now() + timeouts.renderMs;
  let share: RenderState["share"];
  for (let asked = 1; ; asked++) {
    const render = await readRender(state, renderId, context);
    if (render instanceof Failure) return yield* exportFailed(render, { key, renderId });
    if (render.status === "completed") {
      const { url } = render;
      yield { type: "export-ready", key, renderId, ...(url !== undefined && { url }) };
      return;
    }
    if (render.status === "failed") {
      yield { type: "export-failed", key, renderId, failure: failedNote(render.message) };
      return;
    }
    if (render.share !== undefined && render.share !== share) {
      share = render.share;
      yield { type: "export-progress", key, share };
    }
    const isLast = state.plan.backend !== "local" && asked >= mostPolls;
    if (isLast || context.clock.now() + poll.renderMs > endsAtMs) {
      const failure = timeoutNote(renderId);
      const wasOverdue = state.exports.get(key)?.isOverdue === true;
      yield wasOverdue
        ? { type: "export-failed", key, renderId, failure }
        : { type: "job-failed", ...failure };
      return;
    }
    await context.clock.sleep(poll.renderMs, context.signal);
  }
}

/** A render that the service refuses to tell of is a Failure; all other trouble is thrown. */
async function readRender(
  state: JobState,
  renderId: string,
  context: JobContext,
): Promise<RenderState | Failure> {
  const read = (): Promise<RenderState> =>
    context.service.readRender(sessionOf(state), renderId, { signal: context.signal });
  try {
    return await retrySafely(read, state.plan.settings.retry, context);
  } catch (error) {
    const isRefusal = error instanceof Failure && error.facts.sent === "rejected";
    if (isRefusal && error.facts.code !== "unauthorized") return error;
    throw error;
  }
}

function* exportFailed(
  { facts }: Failure,
  { key, renderId }: { readonly key: string; readonly renderId: string },
): Generator<JobEvent, void, void> {
  const failure = noteOf(facts);
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
