import type { Clock } from "../../base/clock.ts";

/** Milliseconds: until the connection stands; without a byte; without an event; for the whole exchange. */
export interface Limits {
  readonly connect?: number;
  readonly idle?: number;
  readonly silence?: number;
  readonly whole?: number;
}

export type LimitName = keyof Limits;

/** The reason of an abort by one of our own limits. */
export class Lapse extends Error {
  override readonly name = "Lapse";
  readonly limit: LimitName;

  constructor(limit: LimitName, limitMs: number) {
    super(`${words[limit]} within ${Math.round(limitMs / 1000)} s`);
    this.limit = limit;
  }
}

const words: Record<LimitName, string> = {
  connect: "no connection",
  idle: "no byte came",
  silence: "no event came",
  whole: "it did not end",
};

export interface Deadlines {
  /** Aborted with a {@link Lapse} where a limit was passed, or with the caller's reason. */
  readonly signal: AbortSignal;
  /** Starts a limit anew. */
  touch(limit: LimitName): void;
  /** Lifts a limit. */
  lift(limit: LimitName): void;
  /** To be called when the exchange is over, however it ended. */
  stop(): void;
}

// A machine may sleep in the middle of a wait: looking often keeps the delay after it short.
const longestNapMs = 30_000;

const over = new Error("the exchange is over");

/**
 * Watches one exchange by the injected clock, in one loop and not in a timer for each byte.
 *
 * Owns: the abort signal of the exchange. Talks to: the clock. Invariants: no nap outlives `stop`.
 */
export function startDeadlines(clock: Clock, limits: Limits, outer?: AbortSignal): Deadlines {
  const exchange = new AbortController();
  const naps = new AbortController();
  const dueMs = new Map<LimitName, number>();
  const touch = (limit: LimitName): void => {
    const limitMs = limits[limit];
    if (limitMs !== undefined) dueMs.set(limit, clock.now() + limitMs);
  };
  for (const limit of ["connect", "idle", "silence", "whole"] as const) touch(limit);
  const onOuter = (): void => exchange.abort(outer?.reason);
  outer?.addEventListener("abort", onOuter, { once: true });
  if (outer?.aborted) onOuter();

  const watch = async (): Promise<void> => {
    while (!naps.signal.aborted) {
      const lapsed = [...dueMs].find(([, atMs]) => atMs <= clock.now())?.[0];
      if (lapsed !== undefined) return exchange.abort(new Lapse(lapsed, limits[lapsed] ?? 0));
      const leftMs = Math.min(...dueMs.values()) - clock.now();
      await clock.sleep(Math.min(leftMs, longestNapMs), naps.signal);
    }
  };
  // The only rejection is a nap's, cut short by `stop`.
  watch().catch(() => undefined);
  return {
    signal: exchange.signal,
    touch,
    lift: (limit) => void dueMs.delete(limit),
    stop: () => {
      // With a reason of its own: without one, an error with a stack is made for each call.
      naps.abort(over);
      outer?.removeEventListener("abort", onOuter);
    },
  };
}
