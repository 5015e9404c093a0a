import type { Io } from "./io.ts";

/** Resolves at the first Ctrl-C or SIGTERM. */
export function untilStopped(io: Io): Promise<void> {
  return new Promise((resolve) => {
    const forget = io.onSignal(() => {
      forget();
      resolve();
    });
  });
}
