import type { Call } from "./call.ts";
import { exitCodes } from "./exit-code.ts";

export type IdleWhen = (isIdle: () => boolean) => void;

const busy =
  "Stopping: nothing new is sent; what runs at the service is on record. Ctrl-C again ends at once.";
const idle = "Stopping: no job is at work.";

/**
 * Does `work`, whose signal aborts at the first Ctrl-C or SIGTERM, and says its exit code. The first asks for a quiet
 * end, the second ends the process at once. What is paid is on record already. `idleWhen` takes what knows whether anything
 * is at work that a stop could cut off.
 */
export async function untilInterrupted(
  { io, screen }: Pick<Call, "io" | "screen">,
  work: (signal: AbortSignal, idleWhen: IdleWhen) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  const { signal } = stop;
  let isIdle = (): boolean => false;
  const release = io.onSignal(() => {
    if (signal.aborted) {
      io.exitNow(exitCodes.interrupted);
      return;
    }
    screen.alert(isIdle() ? idle : busy);
    stop.abort(new Error("interrupted"));
  });
  try {
    return await work(signal, (when) => (isIdle = when));
  } catch (error) {
    if (signal.aborted && error === signal.reason) return exitCodes.interrupted;
    throw error;
  } finally {
    // A second signal may come while the process ends: it is heard to the last, so that the exit code stays the same.
    if (!signal.aborted) release();
  }
}
