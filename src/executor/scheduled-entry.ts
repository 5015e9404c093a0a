import type { Slot } from "../base/slot.ts";

/** What is done where the entry's last run is still going: leave the slot out, wait, let the newest wait, run. */
export type WhenBusy = "skip" | "wait" | "wait-newest" | "run";

/** Slots that passed and are not started. */
export interface MissedSlots {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}

export interface DueNow {
  /** Oldest first. */
  readonly start: readonly { readonly slot: Slot; readonly whenBusy: WhenBusy }[];
  readonly missed?: MissedSlots;
  /** All slots up to here are dealt with. */
  readonly throughMs: number;
}

/** An entry of a recipe's `schedule` that can be asked for its slots: all that the executor knows of time zones. */
export interface ScheduledEntry {
  readonly recipe: string;
  readonly entry: string;
  /** An older slot is missed. */
  readonly withinMs: number;
  slotAt(atMs: number): Slot;
  /** The first slot after an instant; undefined where there is none to come. */
  nextAtMs(afterMs: number): number | undefined;
  /** When the first slot after `sinceMs` is due; undefined where there is none to come. */
  nextDueMs(sinceMs: number): number | undefined;
  due(look: { readonly sinceMs: number; readonly nowMs: number }): DueNow | undefined;
}
