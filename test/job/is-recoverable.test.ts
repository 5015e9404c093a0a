import { describe, expect, it } from "vitest";
import { applyEvent } from "../../src/job/apply-event.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { isRecoverable } from "../../src/job/is-recoverable.ts";
import { nextFreeAction } from "../../src/job/next-free-action.ts";
import type { JobState } from "../../src/job/state.ts";
import { formerJob, type Past } from "../support/former-job.ts";
import { plannedJob } from "../support/planned-job.ts";

const plan = plannedJob({ turns: [{ prompt: "one" }, { prompt: "two" }] });
const key = plan.steps.find(({ kind }) => kind === "export")?.key ?? "";
const starting: JobEvent = { type: "export-starting", key, renderId: "render_1", attempt: 1 };
const failure = { code: "render-timeout", message: "too long" } as const;

const after = (past: Past, ...events: readonly JobEvent[]): JobState =>
  events.reduce(
    (state, event) => applyEvent(state, { jobId: state.jobId, seq: state.seq + 1, atMs: 0, event }),
    formerJob(plan, { end: "cut-off", ...past }),
  );

describe("what can be fetched at no cost", () => {
  it.each<[string, JobState, boolean]>([
    ["delivered", after({ end: "finished" }), false],
    ["paid, never exported", after({ exports: 0 }), true],
    ["the render took too long", after({ exports: 0 }, starting, { type: "job-failed", ...failure }), true],
    [
      "export blocked",
      after({ exports: 0 }, starting, { ...failure, type: "job-needs-you", code: "export-blocked" }),
      true,
    ],
    [
      "rendered, never fetched",
      after({ exports: 0 }, starting, { type: "export-ready", key, renderId: "render_1" }),
      true,
    ],
    ["a turn may be running: looking costs nothing", after({ steps: 1, next: "closed" }), true],
    ["parked: a person decides first", after({ steps: 1, next: "unknown" }), false],
    ["given up", after({ steps: 1, next: "dropped" }), false],
    ["only a turn leads on", after({ steps: 2, end: "failed" }), false],
    ["nothing was sent", after({ steps: 0 }), false],
    ["no video was made", after({ empty: true, exports: 0 }), false],
  ])("%s", (_, state, wanted) => {
    expect(isRecoverable(state)).toBe(wanted);
  });

  it("never leads to a turn, nor to what prepares one", () => {
    for (let steps = 0; steps <= 3; steps++)
      for (const next of [undefined, "sending", "closed", "not-sent"] as const) {
        const action = nextFreeAction(after({ steps, exports: 0, ...(next !== undefined && { next }) }));
        expect(["open-session", "upload", "send-turn"]).not.toContain(action?.type);
        expect(action).toBeDefined();
      }
  });
});
