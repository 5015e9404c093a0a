import type { Slot } from "../base/slot.ts";
import type { Clock, Journal, SlotReport, SlotRunEnd } from "./ports.ts";
import type { ScheduledEntry } from "./scheduled-entry.ts";

/** What a schedule tells of itself. */
export type ScheduleReport = SlotReport;

/** What the maker of a slot's run is given. */
export interface SlotStart {
  /** The slot was given back with it, the last time it was tried: what that was has been told elsewhere. */
  readonly formerExitCode?: number;
  /** To be called before the run is made, or ends with a trouble that stays. */
  readonly onBegin: () => void;
}

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
  /** Does a slot's jobs. Never rejects; hears of the stop by itself. */
  readonly startSlotRun: (slot: Slot, start: SlotStart) => Promise<SlotRunEnd>;
  readonly tell: (report: ScheduleReport) => void;
  /** Told when all entries have been looked at. */
  readonly onLook?: () => void;
  readonly signal: AbortSignal;
}

export interface SchedulePorts {
  readonly journal: Journal;
  readonly clock: Clock;
}
