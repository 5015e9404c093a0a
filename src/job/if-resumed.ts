import { applyEvent } from "./apply-event.ts";
import type { JobState } from "./state.ts";

/** The state that a job would go on from if it were taken up now. */
export function ifResumed(state: JobState): JobState {
  const { jobId, seq, runId } = state;
  return applyEvent(state, { jobId, seq: seq + 1, atMs: 0, event: { type: "job-resumed", runId } });
}
