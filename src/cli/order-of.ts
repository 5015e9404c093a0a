import type { JobOrder } from "../executor/run-request.ts";
import type { PlannedRunJob } from "../plan/run-plan.ts";

/** What a run is asked to do with a planned job. */
export function orderOf({ job, reason, jobId }: PlannedRunJob): JobOrder {
  const order = { kind: "planned", job, reason } as const;
  return jobId === undefined ? order : { ...order, jobId };
}
