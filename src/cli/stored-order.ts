import type { StoredOrder } from "./drive-stored.ts";
import type { ReadJob } from "./read-job.ts";

/** Asks for a job to go on from where it stands. */
export function resumedOrder({ state: { jobId, plan } }: Pick<ReadJob, "state">): StoredOrder {
  const { name, recipe } = plan;
  return { plan, order: { kind: "resumed", jobId, name, recipe } };
}
