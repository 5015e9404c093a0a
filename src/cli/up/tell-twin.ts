import type { JobLock } from "../../executor/ports.ts";
import { sha256 } from "../sha256.ts";
import type { Setup } from "./setup.ts";
import type { UpShared } from "./up-shared.ts";

/**
 * Says so where another `up` works by the same config already: that is safe, and seldom meant. The lock is what the next
 * one finds; undefined where somebody else has it.
 */
export async function tellTwin(
  { configFile = "" }: Setup,
  { call: { screen }, world }: Pick<UpShared, "call" | "world">,
): Promise<JobLock | undefined> {
  const lock = await world.journal.lock(`up_${sha256(configFile).slice(0, 40)}`);
  if (lock === undefined)
    screen.alert(
      `${screen.paint.yellow("!")} Another \`up\` works by ${configFile} already. Two pay for nothing twice: each file and slot is made by the one that takes it first. But each keeps a \`concurrency\` of its own: end one of them if that was not meant.`,
    );
  return lock;
}
