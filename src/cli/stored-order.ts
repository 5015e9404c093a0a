import { mayBeLive } from "../job/state.ts";
import type { StoredOrder } from "./drive-stored.ts";
import type { ReadJob } from "./read-job.ts";

/** Asks for a job to go on from where it stands. */
export function resumedOrder({ state }: Pick<ReadJob, "state">): StoredOrder {
  const { jobId, plan } = state;
  const { name, recipe } = plan;
  return { plan, order: { kind: "resumed", jobId, name, recipe }, mayBeLive: mayBeLive(state) };
}
