import { closeSync, fdatasync, openSync } from "node:fs";

/** Where SQLite puts commits before they are in the database. */
export interface SyncedLog {
  /** Resolves when all that was committed before the call is on the disk. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * Owns: a handle of the log, opened when something is in it. Talks to: the disk.
 *
 * SQLite itself would sync inside a commit, and hold up all other jobs of this process for as long. Its locks are on
 * other files than the log, so that closing this handle drops none of them.
 */
export function syncedLog(path: string): SyncedLog {
  let handle: number | undefined;
  return {
    sync: () =>
      new Promise((resolve, reject) => {
        // For writing: Windows syncs no handle that only reads.
        handle ??= openSync(path, "r+");
        fdatasync(handle, (error) => (error === null ? resolve() : reject(error)));
      }),
    close() {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}

/** Where SQLite has synced each commit before it returns. */
export const nothingToSync: SyncedLog = { sync: () => Promise.resolve(), close: () => {} };
