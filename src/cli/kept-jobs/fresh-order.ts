import type { Journal } from "../../executor/ports.ts";
import { stateOf } from "../../job/fold.ts";
import type { JobState } from "../../job/state.ts";
import { freshTake } from "../../plan/fresh-take.ts";
import { asNew } from "../../plan/reuse.ts";
import { sha256 } from "../sha256.ts";
import type { StoredOrder } from "./stored-order.ts";

/** Asks for a job to be made once more from the start, as the next take of what the journal knows. */
export async function freshOrder({ plan }: JobState, journal: Journal): Promise<StoredOrder> {
  let take = plan.take ?? 1;
  for (const jobId of await journal.findByBaseKey(plan.baseKey, plan.paidKey))
    take = Math.max(take, stateOf(await journal.read(jobId))?.plan.take ?? 1);
  const fresh = freshTake(plan, take + 1, sha256);
  const reuse = asNew(fresh, "a fresh take was asked for");
  return { plan: fresh, order: { kind: "planned", job: fresh, reason: "new" }, reuse };
}
