import { expect, it } from "vitest";
import { hasDoubtfulUpload } from "../../src/job/doubtful-upload.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { stateOf } from "../../src/job/fold.ts";
import { plannedJob } from "../support/planned-job.ts";

const plan = plannedJob({ uploads: 2 });
const [first = "", second = "", turn = ""] = plan.steps.map(({ key }) => key);
const planned: JobEvent = { type: "job-planned", runId: "run_1", plan };
const opened: JobEvent = { type: "session-opened", sessionId: "1", taskId: "t" };
const uploaded = (key: string): JobEvent => ({ type: "file-uploaded", key, name: "a.jpg" });
const resumed: JobEvent = { type: "job-resumed", runId: "run_2" };
const sending: JobEvent = {
  type: "turn-sending",
  key: turn,
  attempt: 1,
  turn: "prompt",
  reserved: 100,
  promptHash: "h",
  draftBefore: "none",
  creditsBefore: { available: 1, frozen: 0, total: 1 },
  atMs: 1,
  overlapped: false,
};

it.each<[string, readonly JobEvent[], boolean]>([
  ["there is no session yet", [planned, resumed], false],
  ["the first upload may have been cut off", [planned, opened, resumed], true],
  ["the second one may", [planned, opened, uploaded(first), resumed], true],
  ["all are there", [planned, opened, uploaded(first), uploaded(second), resumed], false],
  ["something may be paid", [planned, opened, uploaded(first), uploaded(second), sending, resumed], false],
])("%s: %s", (_, events, expected) => {
  const state = stateOf(events.map((event, index) => ({ jobId: "job_1", seq: index + 1, atMs: 1, event })));
  if (state === undefined) throw new Error("no state");
  expect(hasDoubtfulUpload(state)).toBe(expected);
});
