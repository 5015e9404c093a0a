import type { Clock } from "../base/clock.ts";
import { sqliteTrouble } from "./sqlite-failure.ts";

/** How long SQLite itself waits for another process. It blocks this one meanwhile, so it is short. */
export const busyTimeoutMs = 200;
const patienceMs = 30_000;
const pauseMs = 50;

/**
 * Does `work`, and does it again while another process holds the file: for half a minute, since the other one may
 * be stopped, and with pauses in which this process stays alive to Ctrl-C. Throws the last error.
 */
export async function patiently<T>(clock: Clock, work: () => T): Promise<T> {
  const giveUpAtMs = clock.now() + patienceMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (sqliteTrouble(error) !== "busy" || clock.now() >= giveUpAtMs) throw error;
    }
    await clock.sleep(pauseMs);
  }
}
