import { closeSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { makeFolder } from "./make-folder.ts";
import { networkDrive } from "./network-drive.ts";
import { busyTimeoutMs, patiently } from "./patiently.ts";
import { currentFormat, migrate } from "./tables.ts";
import { warnOfClock } from "./warn-of-clock.ts";

export interface OpenOptions {
  /** Absolute. */
  readonly path: string;
  readonly clock: Clock;
  readonly onWarning: (message: string, hint?: string) => void;
}

/** Opens the journal's file, made if need be, set so that a commit is on the disk when it returns. */
export async function openDatabase({ path, clock, onWarning }: OpenOptions): Promise<DatabaseSync> {
  refuseNetworkDrive(path);
  makeFolder(dirname(path));
  makeFileForOwner(path);
  const { DatabaseSync } = loadSqlite();
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    await patiently(clock, () => makeDurable(db, onWarning));
    const format = await patiently(clock, () => migrate(db, path));
    if (format > 0 && format < currentFormat) {
      onWarning(
        `the journal was brought from format ${format} to ${currentFormat}`,
        "an older nemo-recipe can no longer read it",
      );
    }
    warnOfClock(db, clock, onWarning);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function makeDurable(db: DatabaseSync, onWarning: OpenOptions["onWarning"]): void {
  // macOS: without it, a sync ends in the drive's own cache.
  db.exec("PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1");
  const mode = db.prepare("PRAGMA journal_mode = WAL").get()?.["journal_mode"];
  db.exec(mode === "wal" ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = EXTRA");
  if (mode !== "wal") {
    onWarning(
      "the journal's disk shares no memory between processes: it is as safe, and slower",
      "a folder on a local disk is better: --state-dir",
    );
  }
}

/**
 * The journal holds prompts and drafts. Only a file that is not there is ever opened by us: closing any other
 * handle on an open database would drop SQLite's locks on it.
 */
function makeFileForOwner(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, "code") !== "EEXIST") throw error;
  }
}

function refuseNetworkDrive(path: string): void {
  const drive = networkDrive(path, mounts());
  if (drive === undefined) return;
  throw new Failure({
    code: "journal-failed",
    message: `the journal would lie on a network drive (${drive}): ${path}`,
    hint: "locks do not hold there, and what was paid could be lost: name a local folder with --state-dir",
    sent: "not-sent",
  });
}

function mounts(): string {
  try {
    return readFileSync("/proc/mounts", "utf8");
  } catch {
    return "";
  }
}
