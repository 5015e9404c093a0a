import type { JobEvent } from "../job/event.ts";
import { stateOf } from "../job/fold.ts";
import type { Reason } from "../plan/planned-job.ts";
import type { Journal } from "./ports.ts";
import type { JobOrder } from "./run-request.ts";
import { takeUp } from "./take-up.ts";

const settledReasons: ReadonlySet<Reason> = new Set<Reason>(["up-to-date", "busy", "parked"]);

/** A run that is stopped leaves nothing behind that only it knew: `resume` makes the jobs whose turn had not come. */
export async function keepForResume(
  { order, jobId, runId }: { readonly order: JobOrder; readonly jobId: string; readonly runId: string },
  journal: Journal,
): Promise<void> {
  if (order.kind !== "planned" || settledReasons.has(order.reason)) return;
  const lock = await journal.lock(jobId);
  if (lock === undefined) return;
  try {
    const before = stateOf(await journal.read(jobId));
    const event: JobEvent = { type: "job-planned", runId, plan: order.job };
    await takeUp(before, { order, ports: { journal } }, () => journal.append(jobId, event, before?.seq ?? 0));
  } finally {
    await lock.release();
  }
}
