import type { DatabaseSync } from "node:sqlite";
import type { InputUse } from "../executor/ports.ts";
import type { JobEvent } from "../job/event.ts";
import { inputsOf } from "./inputs-of.ts";
import { readRecord } from "./read-record.ts";

const table = `
  CREATE TABLE inputs (
    recipe TEXT NOT NULL,
    backend TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    job_id TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (recipe, backend, sha256, job_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX placed_by_hash ON placed (sha256);
`;

/** Makes the table, and fills it from what a journal of an older format holds. */
export function makeInputTable(db: DatabaseSync): void {
  db.exec(table);
  const { record } = inputTable(db);
  for (const row of db.prepare("SELECT job_id, body FROM events WHERE type = 'job-planned'").all()) {
    const jobId = String(row["job_id"]);
    record(jobId, readRecord(String(row["body"]), jobId, "job-planned"));
  }
}

export interface InputTable {
  /** Keeps which files a plan takes. Called with each event, inside the transaction that keeps it. */
  record(jobId: string, event: JobEvent): void;
  uses(input: { readonly recipe: string; readonly backend: string; readonly sha256: string }): InputUse[];
  isPlaced(sha256: string): boolean;
}

export function inputTable(db: DatabaseSync): InputTable {
  const insert = db.prepare(
    "INSERT OR IGNORE INTO inputs (recipe, backend, sha256, job_id, path) VALUES (?, ?, ?, ?, ?)",
  );
  const uses = db.prepare(
    `SELECT inputs.job_id, jobs.status, inputs.path FROM inputs JOIN jobs ON jobs.job_id = inputs.job_id
     WHERE inputs.recipe = ? AND inputs.backend = ? AND inputs.sha256 = ? ORDER BY jobs.number DESC`,
  );
  const placed = db.prepare("SELECT 1 FROM placed WHERE sha256 = ? LIMIT 1");
  return {
    record(jobId, event) {
      if (event.type !== "job-planned") return;
      const { recipe, backend } = event.plan;
      for (const { sha256, path } of inputsOf(event.plan)) insert.run(recipe, backend, sha256, jobId, path);
    },
    uses: ({ recipe, backend, sha256 }) =>
      uses.all(recipe, backend, sha256).map((row) => ({
        jobId: String(row["job_id"]),
        status: String(row["status"]) as InputUse["status"],
        path: String(row["path"]),
      })),
    isPlaced: (sha256) => placed.get(sha256) !== undefined,
  };
}
