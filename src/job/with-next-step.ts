import type { FailureNote, JobEvent } from "./event.ts";
import { mayHavePaid, type JobState } from "./state.ts";

/**
 * A job that ends in trouble says what to do next; where credits may have been spent, that never invites a second
 * payment without saying so.
 */
export function withNextStep(event: JobEvent, state: JobState): JobEvent {
  if (event.type !== "job-failed" && event.type !== "job-needs-you") return event;
  const hint = nextStep(event, state);
  return hint === undefined ? event : { ...event, hint };
}

/** A command that goes on from here; to look at the machine does not. */
const goesOn = /nemo-recipe (?!doctor)/;

function nextStep({ code, hint }: FailureNote, state: JobState): string | undefined {
  if (!mayHavePaid(state) || (hint !== undefined && goesOn.test(hint))) return hint;
  // Its name may be that of another job by then.
  const { jobId } = state;
  if (code === "session-lost")
    return `\`nemo-recipe show ${jobId}\` tells what was paid in it; only a fresh take is left, which is paid anew: \`nemo-recipe retry ${jobId} --again\``;
  const kept = `what is paid is kept: \`nemo-recipe resume ${jobId}\` goes on from here and pays nothing twice`;
  return hint === undefined ? kept : `${hint.replace(/\.$/, "")}; ${kept}`;
}
