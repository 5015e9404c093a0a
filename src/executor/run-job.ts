import type { FailureCode } from "../base/failure-codes.ts";
import { Failure } from "../base/failure.ts";
import type { JobEvent, RecordedEvent } from "../job/event.ts";
import { applyEvent } from "../job/apply-event.ts";
import { nextAction } from "../job/next-action.ts";
import { nextFreeAction } from "../job/next-free-action.ts";
import { noteOf } from "../job/note-of.ts";
import { mayBeLive, turnInFlight, type JobState } from "../job/state.ts";
import { withNextStep } from "../job/with-next-step.ts";
import type { JobContext } from "./job-context.ts";
import { tellPaid } from "./tell-paid.ts";
import { leaveLive } from "./leave-live.ts";
import { perform } from "./perform/perform.ts";

/** Appends an event durably and tells the reporter. Throws where the journal cannot keep it: then nothing goes on. */
export type RecordEvent = (state: JobState, event: JobEvent) => Promise<RecordedEvent>;

/**
 * The life of a job, whole: what comes next, do it, record it. A new job and one that goes on after a crash are the
 * same loop; only the state they start from differs. Resolves with the state in which the job came to rest.
 */
export async function runJob(start: JobState, record: RecordEvent, context: JobContext): Promise<JobState> {
  let state = start;
  for (;;) {
    const action = context.isFree ? nextFreeAction(state) : nextAction(state);
    if (action === undefined || context.signal.aborted) return state;
    const events = orFailure(perform(action, state, context), () => state, context);
    for await (const event of events) {
      const before = state;
      const recorded = await record(before, withNextStep(event, before)).catch((error: unknown) => {
        if (event.type === "turn-sending") context.turnsInFlight.withdraw(before.jobId);
        return refusalOfTurn(error, before);
      });
      if (recorded instanceof Failure) {
        state = applyEvent(state, await record(state, withNextStep(failed(recorded, state), state)));
        break;
      }
      state = applyEvent(state, recorded);
    }
  }
}

/** The refusals of the journal that end this job alone, before its turn is sent; all others end the run. */
const turnRefusals: ReadonlySet<FailureCode> = new Set(["over-budget", "cancelled"]);

function refusalOfTurn(error: unknown, state: JobState): Failure {
  if (error instanceof Failure && turnRefusals.has(error.facts.code)) return error;
  throw mayBeLive(state) ? leaveLive(error) : tellPaid(error, state);
}

/**
 * A refusal of the world that the action itself could not deal with ends the job, with what to do next; or, while a
 * turn may be running at the service, leaves it for a later look.
 */
async function* orFailure(
  events: AsyncGenerator<JobEvent, void, void>,
  current: () => JobState,
  context: JobContext,
): AsyncGenerator<JobEvent, void, void> {
  try {
    yield* events;
  } catch (error) {
    if (context.signal.aborted) return;
    if (!(error instanceof Failure)) throw error;
    yield failed(error, current());
  }
}

function failed({ facts }: Failure, state: JobState): JobEvent {
  const type = turnInFlight(state) === undefined ? "job-failed" : "job-needs-you";
  return { type, ...noteOf(facts) };
}
