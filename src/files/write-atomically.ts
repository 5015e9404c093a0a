import { randomBytes } from "node:crypto";
import { open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { diskFailure } from "./disk-failure.ts";
import { makeFolder } from "./make-folder.ts";
import { syncFolder } from "./sync-folder.ts";
import { takeFreeName } from "./take-free-name.ts";

export interface WriteOptions {
  /** Permissions of the file; default 0o666 less the umask. */
  readonly mode?: number;
  /** Permissions of folders that had to be made. */
  readonly folderMode?: number;
  /** What to do with a file that is there: put the new one in its place (default), or leave it. */
  readonly existing?: "replace" | "keep";
}

/**
 * Writes a small text or picture so that readers, and a power cut, see the old file or the whole new one. Answers false where
 * `existing` is `keep` and a file was there. Throws Failure `disk-full` or `disk-error`.
 */
export async function writeAtomically(
  path: string,
  text: string | Uint8Array,
  options: WriteOptions = {},
): Promise<boolean> {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await makeFolder(folder, options.folderMode);
    await writeSynced(partial, text, options.mode);
    const isTaken = options.existing === "keep" && !(await takeFreeName(partial, path));
    if (options.existing !== "keep") await rename(partial, path);
    await syncFolder(folder);
    return !isTaken;
  } catch (error) {
    throw diskFailure(error, path);
  } finally {
    await unlink(partial).catch(() => {});
  }
}

async function writeSynced(path: string, text: string | Uint8Array, mode = 0o666): Promise<void> {
  const handle = await open(path, "wx", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
