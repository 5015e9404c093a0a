// schedule/: Cron entries and a last slot in, due slots out; every time-zone rule is here.
import { canonicalJson, type Scalar } from "../base/json.ts";
import type { Hash } from "../base/hash.ts";
import type { Slot } from "../base/slot.ts";
import { readCronLine } from "./cron-line.ts";
import { dueSlots, type Due, type DueRules, type Missed } from "./due-slots.ts";
import { jitterOf } from "./jitter.ts";
import { nextSlot, type Timing } from "./next-slot.ts";
import { slotId } from "./slot-id.ts";
import { openZone } from "./zone.ts";

/** One entry of a recipe's `schedule`. */
export interface CronEntry {
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
  readonly overlap: "skip" | "queue" | "parallel";
  readonly catchUp: "none" | "newest" | "all";
  readonly withinMs: number;
  readonly jitterMs: number;
  readonly params: Readonly<Record<string, Scalar>>;
}

/** What is done where the entry's last run is still going: leave the slot out, wait, let the newest wait, run. */
export type WhenBusy = "skip" | "wait" | "wait-newest" | "run";

export interface DueSlot {
  readonly slot: Slot;
  readonly whenBusy: WhenBusy;
}

export interface DueNow {
  /** Oldest first. */
  readonly start: readonly DueSlot[];
  readonly missed?: Missed;
  /** All slots up to here are dealt with. */
  readonly throughMs: number;
}

/** An entry that can be asked for its slots. */
export interface Timetable {
  readonly recipe: string;
  /** Hash of what makes the entry this one: another line, zone or params is another entry. */
  readonly entry: string;
  readonly timing: Timing;
  readonly withinMs: number;
  slotAt(atMs: number): Slot;
  /** The first slot after an instant; undefined where there is none to come. */
  nextAtMs(afterMs: number): number | undefined;
  /** When the first slot after `sinceMs` is due; undefined where there is none to come. */
  nextDueMs(sinceMs: number): number | undefined;
  due(look: { readonly sinceMs: number; readonly nowMs: number }): DueNow | undefined;
}

/** Opens an entry whose line and zone were checked. Throws a RangeError where they were not. */
export function timetable(recipe: string, given: CronEntry, hash: Hash): Timetable {
  const { cron, timezone, params, withinMs, jitterMs, overlap } = given;
  const reading = readCronLine(cron);
  if (!("line" in reading)) throw new RangeError(reading.message);
  const timing: Timing = { line: reading.line, zone: openZone(timezone) };
  const entry = hash(canonicalJson({ recipe, cron, timezone, params })).slice(0, 32);
  const slotAt = (atMs: number): Slot => ({
    slotId: slotId(recipe, atMs, timing.zone),
    recipe,
    entry,
    atMs,
  });
  const rules: DueRules = {
    catchUp: given.catchUp,
    withinMs,
    jitterMs,
    next: (afterMs) => nextSlot(timing, afterMs),
    dueAtMs: (atMs) => (jitterMs === 0 ? atMs : atMs + jitterOf(slotAt(atMs).slotId, jitterMs, hash)),
  };
  return {
    recipe,
    entry,
    timing,
    withinMs,
    slotAt,
    nextAtMs: rules.next,
    nextDueMs: (sinceMs) => {
      const atMs = rules.next(sinceMs);
      return atMs === undefined ? undefined : rules.dueAtMs(atMs);
    },
    due: (span) => {
      const due = dueSlots(rules, span);
      if (due === undefined) return undefined;
      const { throughMs, missed } = due;
      const start = due.start.map(withBusy(overlap, rules.catchUp === "all", slotAt));
      return { start, throughMs, ...(missed && { missed }) };
    },
  };
}

/** Slots that are caught up one and all run one after the other: none of them may be left out. */
function withBusy(
  overlap: CronEntry["overlap"],
  all: boolean,
  slotAt: (atMs: number) => Slot,
): (due: Due["start"][number]) => DueSlot {
  return ({ atMs, isLate }) => {
    const slot = slotAt(atMs);
    if (overlap === "parallel") return { slot, whenBusy: "run" };
    if (all && isLate) return { slot, whenBusy: "wait" };
    return { slot, whenBusy: overlap === "queue" ? "wait-newest" : "skip" };
  };
}
