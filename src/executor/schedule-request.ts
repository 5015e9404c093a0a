import type { FailureFacts } from "../base/failure.ts";
import type { Slot } from "../base/slot.ts";
import type { Clock, Journal } from "./ports.ts";
import type { ScheduledEntry } from "./scheduled-entry.ts";

/** What a schedule tells of itself, in the order it happened. */
export type ScheduleReport =
  /** Nobody has looked after the entry before: its slots count from now on. */
  | { readonly type: "first-seen"; readonly next: Slot }
  | { readonly type: "slot-started"; readonly slot: Slot }
  | { readonly type: "slot-finished"; readonly slot: Slot; readonly exitCode: number }
  /** The entry's run before it is still going. */
  | { readonly type: "slot-skipped" | "slot-waiting"; readonly slot: Slot }
  | {
      readonly type: "slots-missed";
      readonly first: Slot;
      readonly last: Slot;
      readonly count: number;
      /** There are more than were counted. */
      readonly isMore: boolean;
    }
  /** The journal could not be asked; the next look asks again. */
  | { readonly type: "look-failed"; readonly failure: FailureFacts };

export interface ScheduleRequest {
  readonly entries: readonly ScheduledEntry[];
  /** The longest time between two looks at the clock. */
  readonly everyMs: number;
  /**
   * `until-stopped` looks until the signal comes. `once` takes the slots that are due at its start, waits for their
   * runs and ends; a slot that would have to wait for another process is left to the next one who asks.
   */
  readonly mode: "until-stopped" | "once";
  /** Does a slot's jobs and says the exit code. Never rejects; hears of the stop by itself. */
  readonly startSlotRun: (slot: Slot) => Promise<number>;
  readonly tell: (report: ScheduleReport) => void;
  readonly signal: AbortSignal;
}

export interface SchedulePorts {
  readonly journal: Journal;
  readonly clock: Clock;
}
