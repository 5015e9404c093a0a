import { expect, it } from "vitest";
import type { JobEvent } from "../../src/job/event.ts";
import { stateOf } from "../../src/job/fold.ts";
import type { JobState } from "../../src/job/state.ts";
import { withNextStep } from "../../src/job/with-next-step.ts";
import { pastEvents } from "../support/former-job.ts";
import { plannedJob } from "../support/planned-job.ts";

function stateAfter(steps: number): JobState {
  const events = pastEvents(plannedJob(), { steps, end: "cut-off" });
  const state = stateOf(events.map((event, index) => ({ jobId: "job_1", seq: index + 1, atMs: 0, event })));
  if (state === undefined) throw new Error("a job that was planned has a state");
  return state;
}
const [unpaid, paid] = [stateAfter(1), stateAfter(2)];
const failed = (code: "file-refused" | "session-lost", hint?: string): JobEvent => ({
  type: "job-failed",
  code,
  message: "refused",
  ...(hint !== undefined && { hint }),
});

it.each([
  [
    "nothing was paid: the hint as it is",
    unpaid,
    failed("file-refused", "Make it smaller."),
    /^Make it smaller\.$/,
  ],
  ["paid, no hint", paid, failed("file-refused"), /^what is paid is kept: `nemo-recipe resume job_1`/],
  [
    "paid, a hint",
    paid,
    failed("file-refused", "Make it smaller."),
    /^Make it smaller; what is paid is kept/,
  ],
  [
    "paid, a hint with a command",
    paid,
    failed("file-refused", "`nemo-recipe recover`"),
    /^`nemo-recipe recover`$/,
  ],
  [
    "paid, a hint with a command that only looks",
    paid,
    failed("file-refused", "`nemo-recipe doctor` looks."),
    /^`nemo-recipe doctor` looks; what is paid is kept: `nemo-recipe resume job_1`/,
  ],
  [
    "paid, and the session is gone",
    paid,
    failed("session-lost"),
    /paid anew: `nemo-recipe retry job_1 --again`$/,
  ],
])("%s", (_, state, event, hint) => {
  expect(withNextStep(event, state)).toMatchObject({ type: "job-failed", hint: expect.stringMatching(hint) });
  expect(JSON.stringify(withNextStep(event, state))).not.toMatch(/try again/i);
});

it("leaves every other event as it is, and a failure before any payment without a hint", () => {
  expect(withNextStep({ type: "job-finished" }, paid)).toEqual({ type: "job-finished" });
  expect(withNextStep(failed("session-lost"), unpaid)).toEqual(failed("session-lost"));
});
