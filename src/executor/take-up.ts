import type { RecordedEvent } from "../job/event.ts";
import { stateOf } from "../job/fold.ts";
import type { JobState } from "../job/state.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import { chooseReuse } from "../plan/reuse.ts";
import type { Journal } from "./ports.ts";
import type { JobOrder } from "./run-request.ts";

interface Claim {
  readonly order: JobOrder;
  readonly ports: { readonly journal: Journal };
}

/**
 * Takes a job up, unless another process has since begun to make the same: between a plan and its run minutes may
 * pass, and two that begin at once must not both pay. Looking and recording happen behind one door for the paid work.
 * Undefined where somebody else was first.
 */
export async function takeUp(
  before: JobState | undefined,
  { order, ports: { journal } }: Claim,
  record: () => Promise<RecordedEvent>,
): Promise<RecordedEvent | undefined> {
  if (order.kind === "resumed") return record();
  const door = await journal.lock(`paid_${order.job.paidKey}`);
  if (door === undefined) return undefined;
  try {
    return (await isAsPlanned(before, order, journal)) ? await record() : undefined;
  } finally {
    await door.release();
  }
}

async function isAsPlanned(
  before: JobState | undefined,
  { job, reason }: Extract<JobOrder, { kind: "planned" }>,
  journal: Journal,
): Promise<boolean> {
  const formers = before === undefined ? await sameWork(job, journal) : [before];
  const { reason: now } = chooseReuse(job, formers, { outputs: new Map(), locked: new Set() });
  return before === undefined ? now === "new" : now !== "new" && (now !== "parked" || reason === "parked");
}

async function sameWork(job: PlannedJob, journal: Journal): Promise<readonly JobState[]> {
  const formers: JobState[] = [];
  for (const jobId of await journal.findByBaseKey(job.baseKey, job.paidKey)) {
    const state = stateOf(await journal.read(jobId));
    if (state !== undefined && state.plan.take === job.take) formers.push(state);
  }
  return formers;
}
