import type { Clock } from "../base/clock.ts";

/** A timer stands still while the machine sleeps, and none reaches beyond 2^31 ms: long waits are many short ones. */
const longestTimerMs = 30_000;

/** The machine's time. */
export const wallClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    const end = Date.now() + ms;
    // A clock that is set back meanwhile must not make the wait longer: it is counted in timers, too.
    let left = ms;
    do {
      await oneTimer(Math.min(longestTimerMs, left), signal);
      left = Math.min(left - longestTimerMs, end - Date.now());
    } while (left > 0);
  },
};

function oneTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      },
      Math.max(0, ms),
    );
    signal?.addEventListener("abort", stop, { once: true });
  });
}
