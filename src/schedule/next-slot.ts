import type { CronLine } from "./cron-line.ts";
import type { ClockChange, Zone } from "./zone.ts";

export interface Timing {
  readonly line: CronLine;
  readonly zone: Zone;
}

const dayMs = 24 * 3_600_000;
/** Decades of clock changes: a line that fits none of those days has none to come. */
const mostChanges = 10_000;

/** Where the search stands: local times after `wallMs`, in the stretch of one offset that begins at `fromMs`. */
interface Search {
  readonly fromMs: number;
  readonly wallMs: number;
  readonly offsetMs: number;
}

/**
 * The first slot after an instant. A local time that a clock change skips is the first instant after the gap; one
 * that comes twice is its first coming. Where the hour field takes every hour, there is neither: what is skipped
 * does not happen, and what comes twice happens twice. Undefined: there is none to come.
 */
export function nextSlot({ line, zone }: Timing, afterMs: number): number | undefined {
  let search = searchFrom({ line, zone }, Math.floor(afterMs / 1000) * 1000);
  for (let changes = 0; changes < mostChanges; changes++) {
    const wallMs = line.next(search.wallMs);
    if (wallMs === undefined) return undefined;
    const atMs = wallMs - search.offsetMs;
    const change = zone.changeIn(search.fromMs, atMs);
    if (change === undefined) return atMs;
    if (isGap(change) && fallsIntoGap(line, change)) return change.atMs;
    search = searchBehind(change, line);
  }
  return undefined;
}

const isGap = ({ beforeMs, afterMs }: ClockChange): boolean => afterMs > beforeMs;

function searchFrom({ line, zone }: Timing, fromMs: number): Search {
  const offsetMs = zone.offsetMs(fromMs);
  const wallMs = fromMs + offsetMs;
  if (line.everyHour) return { fromMs, wallMs, offsetMs };
  const change = zone.changeIn(fromMs - dayMs, fromMs);
  if (change === undefined || isGap(change)) return { fromMs, wallMs, offsetMs };
  return { fromMs, offsetMs, wallMs: Math.max(wallMs, secondBefore(change.atMs + change.beforeMs)) };
}

/** A time on the gap's far edge falls into it too: both are the same instant. */
function fallsIntoGap(line: CronLine, { atMs, beforeMs, afterMs }: ClockChange): boolean {
  const edgeMs = atMs + afterMs;
  const wallMs = line.next(secondBefore(line.everyHour ? edgeMs : atMs + beforeMs));
  return wallMs !== undefined && wallMs <= edgeMs;
}

function searchBehind(change: ClockChange, line: CronLine): Search {
  const { atMs, beforeMs, afterMs } = change;
  const search = { fromMs: atMs, offsetMs: afterMs };
  if (isGap(change)) return { ...search, wallMs: atMs + afterMs };
  return { ...search, wallMs: secondBefore(atMs + (line.everyHour ? afterMs : beforeMs)) };
}

/** So that a search for what comes after it finds the time itself. */
const secondBefore = (wallMs: number): number => wallMs - 1000;
