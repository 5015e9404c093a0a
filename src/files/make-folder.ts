import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "./error-code.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * Creates the folder and its parents where they are missing, durably. One by one: where a folder can never be made, as
 * in /proc, Node's own way to make all of them never ends. Throws the file system's error.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const above = dirname(path);
  try {
    await makeOne(path, mode);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || above === path) throw error;
    await makeFolder(above, mode);
    await makeOne(path, mode);
  }
}

async function makeOne(path: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    const isThere =
      errorCode(error) !== "ENOENT" && (await stat(path).catch(() => undefined))?.isDirectory() === true;
    if (!isThere) throw error;
    return;
  }
  await syncFolder(dirname(path));
}
