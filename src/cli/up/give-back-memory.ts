import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Clock } from "../../base/clock.ts";

/** By then the recipes are read, and what is watched is known. */
const settledMs = 5_000;

/**
 * Gives back what starting took, a quarter of all that an idle daemon holds: V8 keeps the room in which the recipes
 * were read for as long as nothing else asks for memory. Only Node's V8 is known to do so.
 */
export async function giveBackMemory(clock: Clock, signal: AbortSignal): Promise<void> {
  if (process.versions["bun"] !== undefined || process.versions["deno"] !== undefined) return;
  await clock.sleep(settledMs, signal).catch(() => undefined);
  if (signal.aborted) return;
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
