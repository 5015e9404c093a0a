import type { JobState } from "../job/state.ts";

type Standing = Pick<JobState, "status" | "failure">;

/** What became of a job for good; undefined where a person, money, its file or another process stands in between. */
export function endForGood(state: Standing): "delivered" | "failed" | undefined {
  if (state.status === "finished") return "delivered";
  const isOver = state.status === "failed" && !lacksMoney(state) && !lacksFile(state);
  return isOver ? "failed" : undefined;
}

/** The money came in between, and nothing else. */
export function lacksMoney({ status, failure }: Standing): boolean {
  return status === "failed" && (failure?.code === "over-budget" || failure?.code === "no-credits");
}

/** It was renamed, touched or written to, or its drive is away: when it comes again, the job goes on or a new one begins. */
export function lacksFile({ failure }: Standing): boolean {
  return failure?.code === "file-changed";
}
