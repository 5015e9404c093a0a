import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import type { Screen } from "./screen.ts";

export interface Interrupt {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The process listens no longer. */
  release(): void;
}

/** The first signal asks for a quiet end, the second ends the process at once. What is paid is on record already. */
export function listenForInterrupt(io: Io, screen: Screen): Interrupt {
  const stop = new AbortController();
  const release = io.onSignal(() => {
    if (stop.signal.aborted) {
      io.exitNow(exitCodes.interrupted);
      return;
    }
    screen.alert(
      "Stopping: nothing new is sent; what runs at the service is on record. Ctrl-C again ends at once.",
    );
    stop.abort(new Error("interrupted"));
  });
  return { signal: stop.signal, release };
}
