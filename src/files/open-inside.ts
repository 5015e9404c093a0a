import { constants } from "node:fs";
import type { Stats } from "node:fs";
import { lstat, open, readlink, realpath, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { errorCode } from "./error-code.ts";
import { isInside } from "./is-inside.ts";
import { readWithoutWaiting, type OpenFile } from "./open-regular.ts";

const noLink = readWithoutWaiting | (constants.O_NOFOLLOW ?? 0);
/** Linux says ELOOP of a link that must not be followed, BSD and macOS EMLINK or EFTYPE. */
const linkCodes = new Set(["ELOOP", "EMLINK", "EFTYPE"]);

/**
 * Opens a regular file that truly lies in `within`, a folder with all links followed: undefined where it is a link, or
 * where a link on its way leads out, however fast somebody swaps them. Throws the system's error.
 */
export async function openInside(path: string, within: string): Promise<OpenFile | undefined> {
  const handle = await open(path, noLink).catch((error: unknown): undefined => {
    if (linkCodes.has(errorCode(error) ?? "")) return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    const isOurs =
      stats.isFile() && ((await kernelSays(handle, stats, within)) ?? (await pathSays(path, stats, within)));
    if (isOurs) return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

/** Linux knows where an open file lies; undefined where there is nobody to ask. */
async function kernelSays(handle: FileHandle, stats: Stats, within: string): Promise<boolean | undefined> {
  const entry = `/proc/self/fd/${handle.fd}`;
  try {
    // On some runtimes the number is not the kernel's.
    if (!isSame(await stat(entry), stats)) return undefined;
    return isInside(await readlink(entry), within);
  } catch {
    return undefined;
  }
}

/** The open file is the one that a path without links, inside, leads to: before and behind one look. */
async function pathSays(path: string, stats: Stats, within: string): Promise<boolean> {
  const before = await realpath(path).catch(() => undefined);
  if (before === undefined || !isInside(before, within)) return false;
  const standing = await lstat(before).catch(() => undefined);
  if (standing === undefined || !standing.isFile() || !isSame(standing, stats)) return false;
  return (await realpath(path).catch(() => undefined)) === before;
}

function isSame(left: Stats, right: Stats): boolean {
  return left.ino === right.ino && left.dev === right.dev;
}
