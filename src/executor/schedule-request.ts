import type { Slot } from "../base/slot.ts";
import type { Clock, Journal, SlotReport } from "./ports.ts";
import type { ScheduledEntry } from "./scheduled-entry.ts";

/** What a schedule tells of itself. */
export type ScheduleReport = SlotReport;

/** The exit code; `not-begun` where nothing was sent or recorded, by a trouble that passes by itself. */
export type SlotRunEnd = number | { readonly type: "not-begun"; readonly exitCode: number };

export interface ScheduleRequest {
  /** Asked at each look: an entry that is another object is another edition of it, and begins anew from the journal. */
  readonly entries: () => readonly ScheduledEntry[];
  /** While it is so, nothing is decided: what passes meanwhile is caught up as the entry says. */
  readonly isPaused?: () => boolean;
  /** The longest time between two looks at the clock. */
  readonly everyMs: number;
  /**
   * `until-stopped` looks until the signal comes. `once` takes the slots that are due at its start, waits for their
   * runs and ends; a slot that would have to wait for another process is left to the next one who asks.
   */
  readonly mode: "until-stopped" | "once";
  /** Does a slot's jobs and says the exit code, or that none began. Never rejects; hears of the stop by itself. */
  readonly startSlotRun: (slot: Slot) => Promise<SlotRunEnd>;
  readonly tell: (report: ScheduleReport) => void;
  /** Told when all entries have been looked at. */
  readonly onLook?: () => void;
  readonly signal: AbortSignal;
}

export interface SchedulePorts {
  readonly journal: Journal;
  readonly clock: Clock;
}
