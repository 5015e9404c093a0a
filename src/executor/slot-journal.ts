import type { Slot } from "../base/slot.ts";

/**
 * What became of a slot. `seen` is none: the instant from which an entry's slots count, since nobody looked before.
 */
export type SlotFate = "started" | "skipped" | "missed" | "seen";

export interface SlotRow extends Slot {
  readonly fate: SlotFate;
  readonly decidedAtMs: number;
  readonly finishedAtMs?: number;
  /** Of a `seen`: the slot behind it was given back with that, the last time it was tried. */
  readonly exitCode?: number;
}

/** How the run of a slot ended. It is given back where it paid nothing, for a trouble that passes. */
export interface SlotRunEnd {
  readonly exitCode: number;
  readonly isGivenBack?: boolean;
}

export type SlotEnd = SlotRunEnd | "skipped";

/** The part of the journal that lets each slot start once, whoever asks. */
export interface SlotJournal {
  /**
   * Records durably what becomes of a slot, `started` before its jobs are. False where a slot of the recipe at this
   * instant was decided before, by whichever process: then nothing is written. A `seen` forbids nothing.
   */
  decideSlot(slot: Slot, fate: SlotFate): Promise<boolean>;
  /**
   * A slot that was started has ended, or is `skipped` after all, since the run before it is still going; or it is
   * given back, since its run paid nothing: it may start again, and its entry's slots count from just before it.
   */
  finishSlot(slot: Slot, end: SlotEnd): Promise<void>;
  /** The entry's last slot up to an instant: later ones are of a clock that was wrong. */
  lastSlot(entry: string, upToMs: number): Promise<SlotRow | undefined>;
}
