import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { BlockedOutput } from "../executor/ports.ts";
import { diskReason } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";
import { probeFolder } from "./probe-folder.ts";

/**
 * Which of these files could never be put into their folders, as far as one can see without making any: one of each
 * folder is enough. Throws nothing.
 */
export async function blockedOutputs(paths: Iterable<string>): Promise<readonly BlockedOutput[]> {
  const known = new Map<string, string | undefined>();
  const blocked: BlockedOutput[] = [];
  for (const path of paths) {
    const folder = dirname(path);
    if (known.has(folder)) continue;
    const reason = await whyBlocked(folder, known);
    if (reason !== undefined) blocked.push({ path, reason });
  }
  return blocked;
}

/** Looks at the first folder above that is there; what was learned of the way is kept in `known`. */
async function whyBlocked(
  folder: string,
  known: Map<string, string | undefined>,
): Promise<string | undefined> {
  if (known.has(folder)) return known.get(folder);
  const above = dirname(folder);
  const reason =
    isMissing(folder) && above !== folder ? await whyBlocked(above, known) : await whyRefused(folder);
  known.set(folder, reason);
  return reason;
}

/** By the look that costs little: a hundred thousand jobs may have a folder each, none of them there yet. */
function isMissing(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    // Node calls that missing as well, Bun and Deno throw.
    return errorCode(error) === "ENOTDIR";
  }
}

async function whyRefused(folder: string): Promise<string | undefined> {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is a file, not a folder`;
  } catch (error) {
    // Deno keeps to its own permissions, whoever the user is.
    if (error instanceof Error && error.name === "NotCapable") return undefined;
    return `${folder}: ${diskReason(error)}`;
  }
  const { refused } = await probeFolder(folder);
  return refused === undefined ? undefined : `${folder}: ${refused}`;
}
