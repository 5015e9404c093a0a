/** What a look at the clock needs to know of an entry. */
export interface DueRules {
  readonly catchUp: "none" | "newest" | "all";
  /** A slot that is older is missed. */
  readonly withinMs: number;
  /** The most that a slot may come later than its time. */
  readonly jitterMs: number;
  next(afterMs: number): number | undefined;
  /** When the slot is due: its time, and its own jitter. */
  dueAtMs(atMs: number): number;
}

/** Slots that passed and will not be started. */
export interface Missed {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}

export interface Due {
  /** Oldest first. A late one passed unstarted: more than a minute ago. */
  readonly start: readonly { readonly atMs: number; readonly isLate: boolean }[];
  readonly missed?: Missed;
  /** All slots up to here are dealt with. */
  readonly throughMs: number;
}

export interface Span {
  /** The last slot that was dealt with, or the instant from which slots count. */
  readonly sinceMs: number;
  readonly nowMs: number;
}

const freshMs = 60_000;
const mostCounted = 1_000;
const mostAtOnce = 100;
const hourMs = 3_600_000;

/**
 * What is due by the entry's catch-up policy; undefined where nothing is. The same answer for a look that comes
 * every few seconds and for one that comes after months.
 */
export function dueSlots(rules: DueRules, span: Span): Due | undefined {
  const firstMs = rules.next(span.sinceMs);
  if (firstMs === undefined || rules.dueAtMs(firstMs) > span.nowMs) return undefined;
  const recent = rules.catchUp === "all" ? oldest(rules, span) : newest(rules, span);
  const start = wanted(rules, recent, span.nowMs);
  const throughMs = recent.at(-1) ?? lastBefore(rules, span, firstMs);
  const missed = missedBefore(rules, start[0]?.atMs ?? Infinity, { ...span, throughMs });
  return { start, throughMs, ...(missed !== undefined && { missed }) };
}

function wanted(rules: DueRules, slots: readonly number[], nowMs: number): Due["start"] {
  const timed = slots.map((atMs) => {
    const ageMs = nowMs - rules.dueAtMs(atMs);
    return { atMs, isLate: ageMs > freshMs, isTooOld: ageMs > Math.max(rules.withinMs, freshMs) };
  });
  const fresh = timed.filter(({ isLate }) => !isLate);
  const within = timed.filter(({ isTooOld }) => !isTooOld);
  const chosen =
    rules.catchUp === "all"
      ? within
      : rules.catchUp === "none" || fresh.length > 0
        ? fresh
        : within.slice(-1);
  return chosen.map(({ atMs, isLate }) => ({ atMs, isLate }));
}

/** All that may still be started, from the oldest on; what is left over is found by the next look. */
function oldest(rules: DueRules, { sinceMs, nowMs }: Span): number[] {
  const fromMs = Math.max(sinceMs, nowMs - rules.jitterMs - Math.max(rules.withinMs, freshMs) - 1000);
  const slots: number[] = [];
  for (const atMs of dueFrom(rules, fromMs, nowMs)) {
    slots.push(atMs);
    if (slots.length === mostAtOnce) break;
  }
  return slots;
}

/** The last slots: a stretch of time that holds one at least, as short as may be. */
function newest(rules: DueRules, { sinceMs, nowMs }: Span): number[] {
  for (const stretchMs of [freshMs, hourMs, 24 * hourMs, rules.withinMs]) {
    const fromMs = Math.max(sinceMs, nowMs - rules.jitterMs - stretchMs - 1000);
    const slots = [...dueFrom(rules, fromMs, nowMs)];
    if (slots.length > 0 || fromMs === sinceMs) return slots;
  }
  return [];
}

/** Slots are dealt with in their order: one that is not due yet holds back those behind it. */
function* dueFrom(rules: DueRules, fromMs: number, nowMs: number): Generator<number> {
  for (let atMs = rules.next(fromMs); atMs !== undefined && atMs <= nowMs; atMs = rules.next(atMs)) {
    if (rules.dueAtMs(atMs) > nowMs) return;
    yield atMs;
  }
}

/** Where all that passed is older than what may be started: everything up to that age is dealt with. */
function lastBefore(rules: DueRules, { nowMs }: Span, firstMs: number): number {
  return Math.max(firstMs, nowMs - rules.jitterMs - Math.max(rules.withinMs, freshMs) - 1000);
}

function missedBefore(
  rules: DueRules,
  startMs: number,
  { sinceMs, nowMs, throughMs }: Span & { readonly throughMs: number },
): Missed | undefined {
  let [first, last, count]: [number | undefined, number, number] = [undefined, 0, 0];
  for (const atMs of dueFrom(rules, sinceMs, nowMs)) {
    if (atMs >= startMs || atMs > throughMs) break;
    [first, last] = [first ?? atMs, atMs];
    count += 1;
    if (count === mostCounted) return { firstMs: first, lastMs: last, count, isMore: true };
  }
  return first === undefined ? undefined : { firstMs: first, lastMs: last, count, isMore: false };
}
