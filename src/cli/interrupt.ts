import { exitCodes } from "./exit-code.ts";
import type { Io, StopSignal } from "./io.ts";
import type { Screen } from "./screen.ts";
import { wallClock } from "./wall-clock.ts";

export interface Interrupt {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The process listens no longer. */
  release(): void;
}

/** One Ctrl-C may arrive twice: from the terminal, and from the launcher that passes signals on. */
const sameMs = 200;

/** The first signal asks for a quiet end, the second ends the process at once. What is paid is on record already. */
export function listenForInterrupt(io: Io, screen: Screen): Interrupt {
  const stop = new AbortController();
  let first: { readonly name: StopSignal; readonly atMs: number } | undefined;
  const release = io.onSignal((name) => {
    if (first !== undefined) {
      const isSame = first.name === name && wallClock.now() - first.atMs < sameMs;
      if (!isSame) io.exitNow(exitCodes.interrupted);
      return;
    }
    first = { name, atMs: wallClock.now() };
    screen.alert(
      "Stopping: nothing new is sent; what runs at the service is on record. Ctrl-C again ends at once.",
    );
    stop.abort(new Error("interrupted"));
  });
  return { signal: stop.signal, release };
}
