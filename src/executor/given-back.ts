import { newsOf } from "../base/news-of.ts";
import type { Slot } from "../base/slot.ts";
import type { ScheduledEntry } from "./scheduled-entry.ts";

/** What was given back of one entry's slots, and when it is tried again. */
export interface GivenBack {
  /** With what the slot was given back the last time; undefined where it was not. */
  formerExitCode(slot: Slot): number | undefined;
  /** What the journal knows of an earlier process. */
  remember(slotId: string, exitCode: number): void;
  /** Begins the pause. True where it is news: another slot than the last time, or another exit code. */
  take(slot: Slot, end: { readonly exitCode: number; readonly nowMs: number }): boolean;
  /** The next try comes after a pause, or with the next slot. */
  readonly notBeforeMs: number;
  /** Behind the pause: from when slots count again; undefined where nothing was given back since it was asked. */
  countsFrom(): number | undefined;
  /** The clock was set back: nothing waits for it. */
  reset(): void;
}

const shortestPauseMs = 5_000;
const longestPauseMs = 60_000;

export function givenBack(entry: ScheduledEntry): GivenBack {
  let last: { readonly slotId: string; readonly exitCode: number } | undefined;
  const isNews = newsOf();
  let notBeforeMs = -Infinity;
  let fromMs: number | undefined;
  return {
    formerExitCode: ({ slotId }) => (last?.slotId === slotId ? last.exitCode : undefined),
    remember: (slotId, exitCode) => void (last ??= { slotId, exitCode }),
    take(slot, { exitCode, nowMs }) {
      last = { slotId: slot.slotId, exitCode };
      fromMs = Math.min(fromMs ?? Infinity, slot.atMs - 1);
      const untilNextMs = (entry.nextDueMs(nowMs) ?? Infinity) - nowMs;
      notBeforeMs = nowMs + Math.min(longestPauseMs, Math.max(shortestPauseMs, untilNextMs));
      return isNews(`${slot.slotId} ${exitCode}`);
    },
    get notBeforeMs() {
      return notBeforeMs;
    },
    countsFrom() {
      const from = fromMs;
      fromMs = undefined;
      return from;
    },
    reset: () => void ([notBeforeMs, fromMs] = [-Infinity, undefined]),
  };
}
