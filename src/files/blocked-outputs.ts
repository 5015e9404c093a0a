import { lstatSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { BlockedOutput } from "../executor/ports.ts";
import { diskReason } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";
import { probeFolder } from "./probe-folder.ts";

/** What was learned of a folder, or of the first one above it that is there. */
interface Known {
  readonly reason?: string;
  readonly isMissing: boolean;
}

/**
 * Which of these files could never be put into their places, as far as one can see without making any; where a folder
 * is the reason, one of it is enough. Throws nothing.
 */
export async function blockedOutputs(
  paths: Iterable<string>,
  { overwrite }: { readonly overwrite: boolean },
): Promise<readonly BlockedOutput[]> {
  const known = new Map<string, Known>();
  const blocked: BlockedOutput[] = [];
  for (const path of paths) {
    const folder = dirname(path);
    const wasKnown = known.has(folder);
    const { reason, isMissing } = await lookAtFolder(folder, known);
    if (reason !== undefined && !wasKnown) blocked.push({ path, reason });
    if (reason !== undefined || isMissing) continue;
    const inTheWay = whatStands(path, overwrite);
    if (inTheWay !== undefined) blocked.push({ path, reason: `${basename(path)} is ${inTheWay}` });
  }
  return blocked;
}

async function lookAtFolder(folder: string, known: Map<string, Known>): Promise<Known> {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const above = dirname(folder);
  const isGone = isMissing(folder) && above !== folder;
  const reason = isGone ? (await lookAtFolder(above, known)).reason : await whyRefused(folder);
  const seen = { ...(reason !== undefined && { reason }), isMissing: isGone };
  known.set(folder, seen);
  return seen;
}

/** What is no file cannot be replaced by one; of a link nobody knows whether it is ours, whatever it leads to. */
function whatStands(path: string, overwrite: boolean): string | undefined {
  try {
    const standing = lstatSync(path, { throwIfNoEntry: false });
    if (standing === undefined || standing.isFile()) return undefined;
    if (standing.isDirectory()) return "a folder";
    if (!standing.isSymbolicLink()) return "a device, a pipe or a socket";
    return overwrite ? undefined : "a link, and not one of our files";
  } catch {
    return undefined;
  }
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
