import { mayBeLive, type JobState } from "../../job/state.ts";
import type { JobOrder } from "../../executor/run-request.ts";
import type { PlannedJob } from "../../plan/planned-job.ts";
import { chooseReuse, type Reuse } from "../../plan/reuse.ts";
import type { ReadJob } from "./read-job.ts";

/** What is asked of a job whose plan the journal keeps. */
export interface StoredOrder {
  readonly plan: PlannedJob;
  readonly order: JobOrder;
  /** A turn of it may be running at the service. */
  readonly mayBeLive?: boolean;
  /** Turns that are still to be sent. */
  readonly missingTurns?: number;
  /** What is still missing: where it is known, spending needs consent. */
  readonly reuse?: Reuse;
}

/** Asks for a job to go on from where it stands. */
export function resumedOrder({ state }: Pick<ReadJob, "state">): StoredOrder {
  const { jobId, plan } = state;
  const { name, recipe } = plan;
  const { missingTurns } = whatIsMissing(state);
  return { plan, order: { kind: "resumed", jobId, name, recipe }, missingTurns, mayBeLive: mayBeLive(state) };
}

/** The same, where somebody has to agree to what that still costs. */
export function payingOrder({ state }: Pick<ReadJob, "state">): StoredOrder {
  return { ...resumedOrder({ state }), reuse: whatIsMissing(state) };
}

/** What a job of the journal has still to send, by its plan or by one that goes on from it. */
export function whatIsMissing(state: JobState, plan: PlannedJob = state.plan): Reuse {
  return chooseReuse(plan, [state], { outputs: new Map(), locked: new Set() });
}
