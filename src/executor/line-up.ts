import type { Slot } from "../base/slot.ts";
import type { DueNow } from "./scheduled-entry.ts";

export type WaitingSlot = DueNow["start"][number];

/**
 * Puts slots that are due behind those that wait. While slots are caught up one and all, those that come lately wait
 * behind them; else one waits at most, and the newest takes its place: `dropped` are those that lost it.
 */
export function lineUp(
  waiting: readonly WaitingSlot[],
  due: readonly WaitingSlot[],
): { readonly waiting: readonly WaitingSlot[]; readonly dropped: readonly Slot[] } {
  const line = [...waiting];
  const dropped: Slot[] = [];
  for (const { slot, whenBusy } of due) {
    const last = line.at(-1);
    if (last?.whenBusy === "wait-newest" && whenBusy === "wait-newest") {
      dropped.push(last.slot);
      line.pop();
    }
    line.push({ slot, whenBusy: last?.whenBusy === "wait" ? "wait" : whenBusy });
  }
  return { waiting: line, dropped };
}
