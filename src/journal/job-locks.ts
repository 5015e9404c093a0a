import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import type { JobLock } from "../executor/ports.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { makeFolder } from "./make-folder.ts";
import { patiently } from "./patiently.ts";
import { sqliteTrouble } from "./sqlite-failure.ts";

export interface JobLocks {
  /** Undefined where another process, or this one, holds the job. */
  lock(jobId: string): Promise<JobLock | undefined>;
  releaseAll(): Promise<void>;
}

/**
 * Owns: one empty file per running job, under an exclusive lock of SQLite, which is one of the kernel's: it ends
 * with the process, however that ends. Talks to: the folder `folder`.
 *
 * Invariants: a lock file is opened and removed only by who holds the door, a lock of the same kind held for an
 * instant. So nobody can lock a file that was just removed while another locks its successor, and no files pile up.
 * Lock files are never opened by other means: closing such a handle would drop SQLite's locks.
 */
export function jobLocks({ folder, clock }: { readonly folder: string; readonly clock: Clock }): JobLocks {
  // Also keeps the connections reachable: a collected one would let go of its lock.
  const held = new Map<string, DatabaseSync>();

  const behindDoor = async <T>(work: () => T): Promise<T> => {
    makeFolder(folder);
    const door = await patiently(clock, () => lockFile(join(folder, "door")));
    try {
      return work();
    } finally {
      door.close();
    }
  };

  const release = async (jobId: string, file: DatabaseSync): Promise<void> => {
    // Released twice, it may be another holder's by now.
    if (held.get(jobId) !== file) return;
    held.delete(jobId);
    await behindDoor(() => {
      file.close();
      rmSync(lockPath(folder, jobId), { force: true });
    });
  };

  return {
    lock: (jobId) =>
      behindDoor(() => {
        const file = tryLockFile(lockPath(folder, jobId));
        if (file === undefined) return undefined;
        held.set(jobId, file);
        return { release: () => release(jobId, file) };
      }),
    releaseAll: async () => {
      for (const [jobId, file] of held) await release(jobId, file);
    },
  };
}

function lockPath(folder: string, jobId: string): string {
  assert(/^\w[\w-]*$/.test(jobId), `a job id is a plain word, not ${JSON.stringify(jobId)}`);
  return join(folder, `${jobId}.lock`);
}

function tryLockFile(path: string): DatabaseSync | undefined {
  try {
    return lockFile(path);
  } catch (error) {
    if (sqliteTrouble(error) === "busy") return undefined;
    throw error;
  }
}

/** Throws SQLite's busy error where the file is locked. */
function lockFile(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const file = new DatabaseSync(path);
  try {
    // In memory: else SQLite puts a second file beside the first.
    file.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
