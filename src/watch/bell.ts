import type { Clock } from "../base/clock.ts";

/** Wakes whoever waits, or who comes to wait next. */
export interface Bell {
  ring(): void;
  /** Resolves with true when it rang, with false after `ms`. */
  wait(ms: number): Promise<boolean>;
}

const woken = new Error("the bell rang");

export function bell(clock: Clock): Bell {
  let rang = false;
  let awake: AbortController | undefined;
  return {
    ring() {
      rang = true;
      awake?.abort(woken);
    },
    async wait(ms) {
      if (!rang) {
        awake = new AbortController();
        await clock.sleep(ms, awake.signal).catch(() => undefined);
        awake = undefined;
      }
      const did = rang;
      rang = false;
      return did;
    },
  };
}
