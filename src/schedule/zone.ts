import { wallFormat } from "../base/wall-format.ts";

/** A moment at which the clocks of a zone are set. */
export interface ClockChange {
  readonly atMs: number;
  /** Distance from UTC up to then, and from then on, in milliseconds. */
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** A time zone as the runtime knows it. */
export interface Zone {
  readonly name: string;
  /** Local time less UTC at an instant, in milliseconds. */
  offsetMs(atMs: number): number;
  /** The first change after `fromMs`, up to and with `toMs`. */
  changeIn(fromMs: number, toMs: number): ClockChange | undefined;
}

/** No zone has set its clocks twice within a week and ended where it began. */
const strideMs = 7 * 24 * 3_600_000;
const mostKnown = 4;

/** Opens a zone by its IANA name. Throws a RangeError where the runtime does not know it. */
export function openZone(name: string): Zone {
  const format = wallFormat(name);
  const askedMs = (atMs: number): number => {
    const parts = new Map<string, number>();
    for (const { type, value } of format.formatToParts(atMs)) parts.set(type, Number(value));
    const part = (type: string): number => parts.get(type) ?? 0;
    const wallMs = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      ...([part("hour"), part("minute"), part("second")] as const),
    );
    return wallMs - Math.floor(atMs / 1000) * 1000;
  };
  const offsetMs = remembered(askedMs);
  return { name, offsetMs, changeIn: (fromMs, toMs) => firstChange(offsetMs, fromMs, toMs) };
}

interface Stretch {
  readonly fromMs: number;
  /** Not part of it. */
  readonly toMs: number;
  readonly offsetMs: number;
}

/** The runtime is slow to tell: a stretch of one offset is asked for once. */
function remembered(askedMs: (atMs: number) => number): (atMs: number) => number {
  let known: readonly Stretch[] = [];
  return (atMs) => {
    const found = known.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    if (found !== undefined) return found.offsetMs;
    const stretch = stretchAt(askedMs, atMs);
    known = [stretch, ...known.slice(0, mostKnown - 1)];
    return stretch.offsetMs;
  };
}

function stretchAt(askedMs: (atMs: number) => number, atMs: number): Stretch {
  const [fromMs, toMs] = [atMs - strideMs / 2, atMs + strideMs / 2];
  const change = firstChange(askedMs, fromMs, toMs);
  if (change === undefined) return { fromMs, toMs, offsetMs: askedMs(atMs) };
  if (atMs < change.atMs) return { fromMs, toMs: change.atMs, offsetMs: change.beforeMs };
  return { fromMs: change.atMs, toMs, offsetMs: change.afterMs };
}

function firstChange(
  offsetMs: (atMs: number) => number,
  fromMs: number,
  toMs: number,
): ClockChange | undefined {
  const beforeMs = offsetMs(fromMs);
  for (let low = fromMs; low < toMs; low += strideMs) {
    const high = Math.min(low + strideMs, toMs);
    if (offsetMs(high) !== beforeMs) return changeBetween(offsetMs, low, high);
  }
  return undefined;
}

/** To the second: between `low` and `high` the offset changes once. */
function changeBetween(offsetMs: (atMs: number) => number, low: number, high: number): ClockChange {
  const beforeMs = offsetMs(low);
  let [before, after] = [Math.floor(low / 1000), Math.ceil(high / 1000)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMs(middle * 1000) === beforeMs) before = middle;
    else after = middle;
  }
  return { atMs: after * 1000, beforeMs, afterMs: offsetMs(after * 1000) };
}
