import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSqlite } from "../../src/journal/load-sqlite.ts";
import { currentFormat, migrate, migrations } from "../../src/journal/tables.ts";
import { plannedJob } from "../support/planned-job.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const folder = temporaryFolders();
const twoSteps = [...migrations, "ALTER TABLE runs ADD COLUMN note TEXT"];

describe("migrate", () => {
  let db: DatabaseSync;
  beforeEach(() => {
    db = new (loadSqlite().DatabaseSync)(join(folder(), "journal.sqlite"));
  });
  afterEach(() => db.close());

  it("makes the tables once", () => {
    expect(migrate(db, "p")).toBe(0);
    expect(migrate(db, "p")).toBe(currentFormat);
  });

  it("brings an older journal forward and keeps what is in it", () => {
    migrate(db, "p");
    db.exec("INSERT INTO runs (run_id, started_at_ms, recipes) VALUES ('run_1', 5, '[]')");
    expect(migrate(db, "p", twoSteps)).toBe(currentFormat);
    expect({ ...db.prepare("SELECT run_id, note FROM runs").get() }).toEqual({ run_id: "run_1", note: null });
    expect(() => migrate(db, "p")).toThrow("newer nemo-recipe");
  });

  it("finds the inputs of jobs that an older format holds", () => {
    migrate(db, "p", migrations.slice(0, 4));
    const body = JSON.stringify({ type: "job-planned", runId: "run_1", plan: plannedJob({ name: "beach" }) });
    db.prepare("INSERT INTO events VALUES ('job_a', 1, 5, 'job-planned', ?)").run(body);
    expect(migrate(db, "p")).toBe(4);
    expect({ ...db.prepare("SELECT job_id, path FROM inputs").get() }).toEqual({
      job_id: "job_a",
      path: "/in/beach-0.jpg",
    });
  });

  it("leaves a journal as it was where a step fails", () => {
    migrate(db, "p");
    expect(() => migrate(db, "p", [...twoSteps, "ALTER TABLE nowhere ADD COLUMN x"])).toThrow(
      "no such table",
    );
    expect(migrate(db, "p")).toBe(currentFormat);
    expect(() => db.prepare("SELECT note FROM runs").get()).toThrow("no such column");
  });
});
