import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { Stats } from "node:fs";

export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/** Flags that never wait for the other end of a FIFO which was put there after somebody looked. */
export const readWithoutWaiting: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file for reading; undefined where the path is anything else. Throws the system's error.
 */
export async function openRegular(path: string): Promise<OpenFile | undefined> {
  const handle = await open(path, readWithoutWaiting);
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}
