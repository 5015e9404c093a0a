import { assert } from "../base/assert.ts";
import { applyEvent } from "./apply-event.ts";
import type { RecordedEvent } from "./event.ts";
import type { JobState } from "./state.ts";

/** The state of a job after all its recorded events, in order; undefined for a job without any. */
export function stateOf(events: Iterable<RecordedEvent>): JobState | undefined {
  let state: JobState | undefined;
  for (const recorded of events) {
    assert(
      recorded.seq === (state?.seq ?? 0) + 1,
      `event ${recorded.seq} of ${recorded.jobId} is out of order`,
    );
    state = applyEvent(state, recorded);
  }
  return state;
}
