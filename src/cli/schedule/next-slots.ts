import { clockNote } from "../../schedule/clock-note.ts";
import { localInstant } from "../../schedule/slot-id.ts";
import { nextInstants, type OpenEntry } from "./open-timetables.ts";

/** A slot to come. */
export interface NextSlot {
  readonly recipe: string;
  /** By the clock of the entry's zone: `2026-11-20T09:00:00+01:00`. */
  readonly local: string;
  readonly utc: string;
  readonly timezone: string;
  /** Up to this much later, in milliseconds. */
  readonly jitterMs: number;
  /** What a clock change does to it. */
  readonly note?: string;
}

/** The next slots of all entries together, the earliest first. */
export function nextSlots(entries: readonly OpenEntry[], nowMs: number, count: number): NextSlot[] {
  return entries
    .flatMap((one) => [...nextInstants(one.timetable, nowMs, count)].map((atMs) => ({ one, atMs })))
    .sort((left, right) => left.atMs - right.atMs)
    .slice(0, count)
    .map(({ one, atMs }) => nextSlotOf(one, atMs));
}

function nextSlotOf({ recipe, entry, timetable }: OpenEntry, atMs: number): NextSlot {
  const note = clockNote(timetable.timing, atMs);
  return {
    recipe: recipe.name,
    local: localInstant(atMs, timetable.timing.zone),
    utc: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    timezone: entry.timezone,
    jitterMs: entry.jitterMs,
    ...(note !== undefined && { note }),
  };
}

/** One line a slot, for people. */
export function nextLines(slots: readonly NextSlot[]): string[] {
  const width = Math.max(0, ...slots.map(({ recipe }) => recipe.length));
  return slots.map(
    ({ recipe, local, utc, timezone, note }) =>
      `${recipe.padEnd(width)}  ${local}  ${utc}  ${timezone}${note === undefined ? "" : `  # ${note}`}`,
  );
}
