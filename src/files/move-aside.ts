import { link, lstat, unlink } from "node:fs/promises";
import type { Stats } from "node:fs";
import { basename, dirname, join, parse } from "node:path";
import { diskFailure } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";
import { hashOf } from "./hash-of.ts";
import { makeFolder } from "./make-folder.ts";
import { copyWhole } from "./copy-whole.ts";
import { syncFolder } from "./sync-folder.ts";
import { takeWithoutLinks } from "./take-without-links.ts";

export interface AsideFile {
  readonly path: string;
  readonly sha256: string;
}

const mostNames = 10_000;

/**
 * Moves a file whose bytes are known into a folder and returns its new path; undefined where it is gone or is another
 * file by now, which is left alone. Nothing that stands there is ever replaced: the name gets a number. Killed at any
 * instant, the whole file is under its old name, its new one, or both, and calling it again ends the move. Throws
 * Failure `disk-full` or `disk-error`.
 */
export async function moveAside(file: AsideFile, folder: string): Promise<string | undefined> {
  try {
    const stats = await standing(file.path);
    if (stats === undefined || (await hashOf(file.path)) !== file.sha256) return undefined;
    // Behind the look: on a drive that is away, folders would be made in its place.
    await makeFolder(folder);
    for (let number = 1; number <= mostNames; number++) {
      const to = join(folder, numbered(basename(file.path), number));
      if (await takeName(file, { to, stats })) {
        await syncFolder(folder);
        await removeOld(file.path, stats);
        return to;
      }
    }
    throw new Error(`${mostNames} files of this name are there`);
  } catch (error) {
    throw diskFailure(error, join(folder, basename(file.path)));
  }
}

/** Removes a file whose bytes are known; false where it is gone or is another file by now. */
export async function removeInput(file: AsideFile): Promise<boolean> {
  try {
    const stats = await standing(file.path);
    if (stats === undefined || (await hashOf(file.path)) !== file.sha256) return false;
    return await removeOld(file.path, stats);
  } catch (error) {
    throw diskFailure(error, file.path);
  }
}

/** `beach.jpg`, `beach-2.jpg` … */
function numbered(name: string, number: number): string {
  const { name: stem, ext } = parse(name);
  return number === 1 ? name : `${stem}-${number}${ext}`;
}

/** True where the file has the name now; false where something else has it. */
async function takeName(
  { path, sha256 }: AsideFile,
  { to, stats }: { readonly to: string; readonly stats: Stats },
): Promise<boolean> {
  try {
    await link(path, to);
    return await isWhatWasSeen(to, stats);
  } catch (error) {
    switch (errorCode(error)) {
      case "EEXIST":
        return isOwnTrace({ sha256, to, stats });
      case "ENOENT":
        throw error;
      case "EXDEV":
        return copyWhole({ from: path, to, sha256 });
      default:
        return takeWithoutLinks(path, to);
    }
  }
}

/** A move that was cut off between its two steps: on one disk the same file, on another a whole copy of it. */
async function isOwnTrace({
  sha256,
  to,
  stats,
}: {
  readonly sha256: string;
  readonly to: string;
  readonly stats: Stats;
}): Promise<boolean> {
  const there = await standing(to);
  if (there === undefined || there.dev === stats.dev) return isSame(there, stats);
  return there.size === stats.size && (await hashOf(to)) === sha256;
}

/** Somebody may have put another file there in the last instant: then its second name goes again. */
async function isWhatWasSeen(to: string, stats: Stats): Promise<boolean> {
  if (isSame(await standing(to), stats)) return true;
  await unlink(to);
  throw Object.assign(new Error("the file changed while it was moved"), { code: "EBUSY" });
}

/** The old name goes only while it is still the same file's. */
async function removeOld(path: string, stats: Stats): Promise<boolean> {
  if (!isSame(await standing(path), stats)) return false;
  await unlink(path);
  await syncFolder(dirname(path));
  return true;
}

async function standing(path: string): Promise<Stats | undefined> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stats : undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function isSame(left: Stats | undefined, right: Stats): boolean {
  return left !== undefined && left.ino === right.ino && left.dev === right.dev && left.size === right.size;
}
