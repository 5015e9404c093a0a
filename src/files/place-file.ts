import { link, lstat, rename, unlink } from "node:fs/promises";
import type { Stats } from "node:fs";
import { basename, dirname } from "node:path";
import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import { errorCode } from "./error-code.ts";
import { hashOf } from "./hash-of.ts";
import { retryBusy } from "./retry-busy.ts";
import { syncFolder } from "./sync-folder.ts";

export interface Placement {
  readonly from: string;
  readonly to: string;
  /** What may be replaced: files with one of these hashes, or any file. */
  readonly replace: { readonly ours: readonly string[]; readonly any: boolean };
  readonly clock: Clock;
}

const maxTries = 5;

/**
 * Moves a finished file to its place in one step, and syncs the folder. Throws Failure `output-exists` where
 * something stands there that may not be replaced, and the system's error where the disk refuses.
 *
 * A free name is taken by a hard link, which fails where somebody was faster. To replace a file of ours there is only
 * rename: between the last look and it lies one system call, in which a foreign file of exactly this name would be
 * lost. No portable call closes that gap; the look is therefore taken twice, the second time right before.
 */
export async function placeFile(placement: Placement): Promise<void> {
  for (let attempt = 0; attempt < maxTries; attempt++) {
    if ((await takeFreeName(placement)) || (await replaceStanding(placement)))
      return syncFolder(dirname(placement.to));
  }
  throw exists(placement.to, "is being written by another program");
}

async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Answers false where the name was taken meanwhile. */
async function takeFreeName({ from, to, clock }: Placement): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (errorCode(error) === "ENOENT") throw error;
    // FAT, some network and phone storage know no hard links; there rename is the only step that is whole or absent.
    if ((await lookAt(to)) !== undefined) return false;
    await retryBusy(clock, () => rename(from, to));
    return true;
  }
  await unlink(from);
  return true;
}

/** Answers false where the file changed or went while it was looked at. */
async function replaceStanding({ from, to, replace, clock }: Placement): Promise<boolean> {
  const standing = await lookAt(to);
  if (standing === undefined) return false;
  if (standing.isDirectory()) throw exists(to, "is a folder");
  if (!standing.isFile() && !standing.isSymbolicLink()) throw exists(to, "is a device, a pipe or a socket");
  if (!replace.any) {
    // The hash of what a link leads to says nothing about the link: it is not ours.
    const sha256 = standing.isFile() ? await hashOf(to) : undefined;
    if (sha256 === undefined || !replace.ours.includes(sha256)) throw exists(to, "is not one of our files");
  }
  const now = await lookAt(to);
  if (now === undefined || !isSame(now, standing)) return false;
  await retryBusy(clock, () => rename(from, to));
  return true;
}

function isSame(left: Stats, right: Stats): boolean {
  return left.ino === right.ino && left.size === right.size && left.mtimeMs === right.mtimeMs;
}

function exists(path: string, what: string): Failure {
  const hint = "Move it away, choose another place with `to` or --out, or allow it with --overwrite.";
  return new Failure({
    code: "output-exists",
    message: `${path} exists and ${what}`,
    hint: what === "is a folder" ? `Move the folder ${basename(path)} away, or choose another place.` : hint,
    sent: "not-sent",
  });
}
