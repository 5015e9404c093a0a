import type { Clock } from "../base/clock.ts";

/** Wakes whoever waits, or who comes to wait next. */
export interface Bell {
  ring(): void;
  /** Resolves with true when it rang, with false after `ms` or when `signal` is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
}

export function bell(clock: Clock): Bell {
  let rang = false;
  let wake: () => void = () => undefined;
  return {
    ring() {
      rang = true;
      wake();
    },
    async wait(ms, signal) {
      if (!rang && !signal.aborted) {
        const awake = new AbortController();
        wake = () => awake.abort();
        await clock.sleep(ms, AbortSignal.any([signal, awake.signal])).catch(() => undefined);
        wake = () => undefined;
      }
      const did = rang;
      rang = false;
      return did;
    },
  };
}
