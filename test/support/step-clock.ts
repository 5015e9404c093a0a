import type { Clock } from "../../src/base/clock.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly wake: () => void;
}

export interface StepClock extends Clock {
  /** Lets virtual time pass, timer by timer, until the promise has settled. */
  run<Value>(promise: Promise<Value>): Promise<Value>;
  /** Calls back when the time has come. */
  at(ms: number, wake: () => void): void;
}

/**
 * Time that passes only when everybody waits for it: a simulated day takes milliseconds. It stands while `isBusy` says
 * that somebody waits for the real world, a disk say.
 */
export function stepClock(
  startMs: number = Date.UTC(2026, 10, 20, 9),
  isBusy: () => boolean = () => false,
): StepClock {
  let nowMs = startMs;
  let order = 0;
  let timers: Timer[] = [];

  const at = (ms: number, wake: () => void): Timer => {
    const timer = { atMs: nowMs + Math.max(0, ms), order: order++, wake };
    timers.push(timer);
    return timer;
  };
  const step = (): boolean => {
    const next = timers.reduce<Timer | undefined>((first, timer) => earlier(first, timer), undefined);
    if (next === undefined) return false;
    timers = timers.filter((timer) => timer !== next);
    nowMs = Math.max(nowMs, next.atMs);
    next.wake();
    return true;
  };

  return {
    now: () => nowMs,
    at: (ms, wake) => void at(ms, wake),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = (): void => {
          timers = timers.filter((other) => other !== timer);
          reject(signal?.reason);
        };
        const timer = at(ms, () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        });
        signal?.addEventListener("abort", stop, { once: true });
      }),
    run: async (promise) => {
      let isSettled = false;
      const settled = (): void => void (isSettled = true);
      promise.then(settled, settled);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isSettled) return promise;
        if (isBusy()) continue;
        if (!step()) throw new Error("everybody waits, and nothing will ever happen");
      }
    },
  };
}

function earlier(first: Timer | undefined, timer: Timer): Timer {
  if (first === undefined) return timer;
  return timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order) ? timer : first;
}
