import type { Clock } from "../base/clock.ts";

/** A timer stands still while the machine sleeps, and none reaches beyond 2^31 ms: long waits are many short ones. */
const longestTimerMs = 30_000;

/** The machine's time. */
export const wallClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    const end = Date.now() + ms;
    do await oneTimer(Math.min(longestTimerMs, end - Date.now()), signal);
    while (Date.now() < end);
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
