import type { Timing } from "./next-slot.ts";
import { localInstant, offsetText } from "./slot-id.ts";
import type { ClockChange } from "./zone.ts";

const dayMs = 24 * 3_600_000;

/** What people should know of a slot on a day on which the clocks are set; undefined on all other days. */
export function clockNote({ line, zone }: Timing, atMs: number): string | undefined {
  const change = zone.changeIn(atMs - dayMs, atMs + dayMs);
  if (change === undefined) return undefined;
  const wallMs = atMs + zone.offsetMs(atMs);
  if (atMs === change.atMs && line.next(wallMs - 1000) !== wallMs)
    return "the clock skips its time: it starts at the first instant after the gap";
  const twice = comesTwice(change, atMs);
  if (twice !== undefined)
    return line.everyHour
      ? `the time comes twice: the ${twice}`
      : "the time comes twice: only the first counts";
  const isSameDay = localInstant(change.atMs, zone).slice(0, 10) === localInstant(atMs, zone).slice(0, 10);
  if (!isSameDay) return undefined;
  return `the clocks change from ${offsetText(change.beforeMs)} to ${offsetText(change.afterMs)} on this day`;
}

function comesTwice(change: ClockChange, atMs: number): "first" | "second" | undefined {
  const repeatMs = change.beforeMs - change.afterMs;
  if (atMs >= change.atMs - repeatMs && atMs < change.atMs) return "first";
  return atMs >= change.atMs && atMs < change.atMs + repeatMs ? "second" : undefined;
}
