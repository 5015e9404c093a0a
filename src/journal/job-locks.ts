import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import type { JobLock } from "../executor/ports.ts";
import { holdFile, type HeldFile } from "./hold-file.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { makeFolder } from "./make-folder.ts";
import { busyTimeoutMs, patiently } from "./patiently.ts";
import { sqliteTrouble } from "./sqlite-failure.ts";
import { transaction } from "./transaction.ts";

export interface JobLocks {
  /** Undefined where another process, or this one, holds the job. */
  lock(jobId: string): Promise<JobLock | undefined>;
  releaseAll(): Promise<void>;
}

/** What a process has that holds jobs: a file that the kernel lets go of when it dies, and rows that name the file. */
interface Holder {
  /** False where another holder has the job. */
  claim(jobId: string): boolean;
  release(jobId: string): void;
  end(): void;
}

/**
 * Owns: one empty file, and for each job that is held a row with the file's name; a connection of its own, whose
 * commits wait for no disk, because after a power cut nobody holds anything. Talks to: the journal's database at
 * `path`, and the folder `locks/` beside it.
 *
 * Invariants: a row counts while the file that it names is held; rows are written, and files made, looked at and
 * removed, only inside a write transaction of the database. So nobody holds a file that was just removed while another
 * holds its successor, and what a killed process left is removed by the next one.
 */
export function jobLocks({ path, clock }: { readonly path: string; readonly clock: Clock }): JobLocks {
  let holder: Holder | undefined;
  return {
    lock: async (jobId) => {
      const own = await patiently(clock, () => (holder ??= becomeHolder(path)));
      if (!(await patiently(clock, () => own.claim(jobId)))) return undefined;
      let isHeld = true;
      const release = (): void => {
        // Released twice, or after all were, it may be another holder's by now.
        if (isHeld && holder === own) own.release(jobId);
        isHeld = false;
      };
      return { release: () => patiently(clock, release).catch(unlessUnwritable) };
    },
    releaseAll: async () => {
      await patiently(clock, () => holder?.end()).catch(unlessUnwritable);
      holder = undefined;
    },
  };
}

/** Where the row cannot be taken away, it names this process's file, and counts for nothing once the process is gone. */
function unlessUnwritable(error: unknown): void {
  if (!["full", "readonly", "io"].includes(sqliteTrouble(error))) throw error;
}

const extension = ".lock";

function becomeHolder(path: string): Holder {
  const folder = join(dirname(path), "locks");
  makeFolder(folder);
  const db = openUnsynced(path);
  try {
    const remove = db.prepare("DELETE FROM claims WHERE holder = ?");
    const isGone = (name: string): boolean => {
      const left = holdFile(join(folder, name));
      if (left === undefined) return false;
      remove.run(name);
      left.remove();
      return true;
    };
    return transaction(db, () => {
      for (const name of readdirSync(folder)) if (name.endsWith(extension)) isGone(name);
      const name = `${randomUUID()}${extension}`;
      const file = holdFile(join(folder, name));
      assert(file !== undefined, "nobody else knows the name of a new file");
      return holderOf(db, { name, file, isGone });
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

interface OwnFile {
  readonly name: string;
  readonly file: HeldFile;
  /** True where another holder's process is dead; what it left is then removed. */
  readonly isGone: (name: string) => boolean;
}

function holderOf(db: DatabaseSync, { name, file, isGone }: OwnFile): Holder {
  const find = db.prepare("SELECT holder FROM claims WHERE job_id = ?");
  const insert = db.prepare("INSERT INTO claims (job_id, holder) VALUES (?, ?)");
  const release = db.prepare("DELETE FROM claims WHERE job_id = ? AND holder = ?");
  return {
    claim: (jobId) =>
      transaction(db, () => {
        const other = find.get(jobId)?.["holder"];
        if (other !== undefined && (other === name || !isGone(String(other)))) return false;
        insert.run(jobId, name);
        return true;
      }),
    release: (jobId) => void release.run(jobId, name),
    end() {
      transaction(db, () => {
        db.prepare("DELETE FROM claims WHERE holder = ?").run(name);
        file.remove();
      });
      db.close();
    },
  };
}

function openUnsynced(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const db = new DatabaseSync(path);
  // The log is brought into the database by the other connection, which syncs.
  db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA wal_autocheckpoint = 0`);
  const isLogged = db.prepare("PRAGMA journal_mode").get()?.["journal_mode"] === "wal";
  if (isLogged) db.exec("PRAGMA synchronous = NORMAL");
  return db;
}
