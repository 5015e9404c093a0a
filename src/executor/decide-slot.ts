import type { Slot } from "../base/slot.ts";
import type { JobLock } from "./ports.ts";
import type { SchedulePorts } from "./schedule-request.ts";
import type { DueNow } from "./scheduled-entry.ts";

/** `not-ours`: another process decided it. `busy`: it has to wait, and is undecided. */
export type SlotDecision =
  | { readonly verdict: "begin"; readonly lock?: JobLock }
  | { readonly verdict: "not-ours" | "skipped" | "busy" };

/** A look of another process may hold the lock for a moment. */
const secondTryMs = 1_000;

/**
 * Decides a slot that is due. One that may not wait is recorded first, so that of two processes the one whose record
 * it is also finds out whether the entry is busy. One that may wait is recorded when the entry is free.
 */
export async function decideSlot(
  { slot, whenBusy }: DueNow["start"][number],
  ports: SchedulePorts,
): Promise<SlotDecision> {
  if (whenBusy === "run")
    return { verdict: (await ports.journal.decideSlot(slot, "started")) ? "begin" : "not-ours" };
  return whenBusy === "skip" ? decideNow(slot, ports) : decideWhenFree(slot, ports);
}

async function decideNow(slot: Slot, { journal, clock }: SchedulePorts): Promise<SlotDecision> {
  if (!(await journal.decideSlot(slot, "started"))) return { verdict: "not-ours" };
  let lock = await journal.lock(lockName(slot));
  if (lock === undefined) {
    await clock.sleep(secondTryMs);
    lock = await journal.lock(lockName(slot));
  }
  if (lock !== undefined) return { verdict: "begin", lock };
  await journal.finishSlot(slot, "skipped");
  return { verdict: "skipped" };
}

async function decideWhenFree(slot: Slot, { journal }: SchedulePorts): Promise<SlotDecision> {
  const lock = await journal.lock(lockName(slot));
  if (lock === undefined) return { verdict: "busy" };
  try {
    if (await journal.decideSlot(slot, "started")) return { verdict: "begin", lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
  await lock.release();
  return { verdict: "not-ours" };
}

const lockName = ({ entry }: Slot): string => `slots-${entry}`;
