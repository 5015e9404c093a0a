import type { Clock } from "../../src/base/clock.ts";
import type { Journal } from "../../src/executor/ports.ts";
import { openJournal } from "../../src/journal/sqlite-journal.ts";

export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Opens a journal that must have nothing to warn of. */
export function openForTest(path: string, clock: Clock = wallClock): Promise<Journal> {
  return openJournal({
    path,
    clock,
    onWarning: (message) => {
      throw new Error(`unexpected warning: ${message}`);
    },
  });
}
