import type { JobState } from "../job/state.ts";

/** Where a job stands, for people. */
export const statusWords: Readonly<Record<JobState["status"], string>> = {
  going: "not finished",
  finished: "done",
  failed: "failed",
  "needs-you": "needs you",
};
