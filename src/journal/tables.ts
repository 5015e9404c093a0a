import type { DatabaseSync } from "node:sqlite";
import { Failure } from "../base/failure.ts";
import { makeInputTable } from "./input-table.ts";
import { makeSlotTable } from "./slot-table.ts";
import { makeSpendTable } from "./spend-table.ts";
import { transaction } from "./transaction.ts";

/** Statements, or work on the open transaction. */
export type Migration = string | ((db: DatabaseSync) => void);

/**
 * What leads from each format of the journal to the next: the first from nothing to format 1. A step that was
 * released is never changed; a new format is a new step at the end.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- What happened, word for word. The primary key is the fence: one writer wins each seq.
  CREATE TABLE events (
    job_id TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    at_ms INTEGER NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
  ) STRICT, WITHOUT ROWID;

  -- All below could be made again from the events; it is written in the same transaction.
  CREATE TABLE jobs (
    number INTEGER PRIMARY KEY,
    job_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    recipe TEXT NOT NULL,
    run_id TEXT NOT NULL,
    base_key TEXT NOT NULL,
    paid_key TEXT NOT NULL,
    status TEXT NOT NULL
  ) STRICT;
  CREATE INDEX jobs_by_base_key ON jobs (base_key);
  CREATE INDEX jobs_by_name ON jobs (name);
  CREATE INDEX jobs_unfinished ON jobs (number) WHERE status IN ('going', 'needs-you');

  CREATE TABLE placed (
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    job_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX placed_by_path ON placed (path);

  CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    started_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    recipes TEXT NOT NULL,
    exit_code INTEGER
  ) STRICT;

  CREATE TABLE run_jobs (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    UNIQUE (run_id, job_id)
  ) STRICT;
  `,
  `
  -- Jobs and runs that are to send no further turn, as another process asked.
  CREATE TABLE stops (id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  makeSpendTable,
  makeSlotTable,
  makeInputTable,
  `-- No table changes: from here on an upload has an intent, which an older version cannot read.`,
  `
  -- Who holds which job, by the name of a file that the kernel keeps locked for it. Nothing in it outlives a process.
  CREATE TABLE claims (job_id TEXT PRIMARY KEY, holder TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `-- No table changes: from here on a draft may wait for a review, which an older version cannot read.`,
];

/** The format that this version writes. */
export const currentFormat: number = migrations.length;

/**
 * Brings a journal to the newest of `steps`, in one transaction that other processes wait for. Returns the format
 * that it had: 0 for a new file. Throws a Failure for a journal of a newer version, which is left untouched.
 */
export function migrate(db: DatabaseSync, path: string, steps: readonly Migration[] = migrations): number {
  const found = formatOf(db);
  if (found === steps.length) return found;
  refuseNewer(found, path, steps.length);
  return transaction(db, () => {
    // Another process may have done it since.
    const format = formatOf(db);
    refuseNewer(format, path, steps.length);
    for (const step of steps.slice(format)) {
      if (typeof step === "string") db.exec(step);
      else step(db);
    }
    db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('format', ?)").run(String(steps.length));
    return format;
  });
}

function formatOf(db: DatabaseSync): number {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === "meta")) return NaN;
  const row = db.prepare("SELECT value FROM meta WHERE key = 'format'").get();
  return row === undefined ? NaN : Number(row["value"]);
}

function refuseNewer(format: number, path: string, known: number): void {
  if (format <= known) return;
  const isOurs = Number.isInteger(format);
  throw new Failure({
    code: "journal-failed",
    message: isOurs
      ? `the journal ${path} was written by a newer nemo-recipe (format ${format}; this one knows ${known})`
      : `${path} is a database of another program`,
    hint: isOurs
      ? "upgrade: npm install --global nemo-recipe@latest; the journal was not touched"
      : "name another folder with --state-dir; the file was not touched",
    sent: "not-sent",
  });
}
