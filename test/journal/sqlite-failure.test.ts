import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { Bug } from "../../src/base/assert.ts";
import { Failure } from "../../src/base/failure.ts";
import { loadSqlite } from "../../src/journal/load-sqlite.ts";
import { sqliteFailure, sqliteTrouble } from "../../src/journal/sqlite-failure.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const folder = temporaryFolders();

/** What the runtime's own SQLite really throws. */
function errorOf(work: (open: (name: string, readOnly?: boolean) => DatabaseSync) => void): unknown {
  const base = folder();
  const opened: DatabaseSync[] = [];
  try {
    work((name, readOnly = false) => {
      const db = new (loadSqlite().DatabaseSync)(join(base, name), { readOnly });
      opened.push(db);
      return db;
    });
  } catch (error) {
    return error;
  } finally {
    for (const db of opened) db.close();
  }
  throw new Error("nothing was thrown");
}

const real = {
  full: () =>
    errorOf((open) => {
      const db = open("a");
      db.exec("CREATE TABLE t (x); PRAGMA max_page_count = 2; INSERT INTO t VALUES (zeroblob(100000))");
    }),
  busy: () =>
    errorOf((open) => {
      open("a").exec("BEGIN EXCLUSIVE");
      open("a").exec("BEGIN EXCLUSIVE");
    }),
  readonly: () =>
    errorOf((open) => {
      open("a").exec("CREATE TABLE t (x)");
      open("a", true).exec("INSERT INTO t VALUES (1)");
    }),
  "no-database": () =>
    errorOf((open) => {
      const path = open("a").location() ?? "";
      writeFileSync(path, "x".repeat(5000));
      open("a").exec("CREATE TABLE t (x)");
    }),
  "cannot-open": () => errorOf((open) => open(join("no", "such", "folder"))),
  other: () => errorOf((open) => open("a").exec("SELEC 1")),
};

describe("sqliteFailure", () => {
  it.each([
    ["full", "disk-full", "the disk is full"],
    ["busy", "journal-failed", "another process keeps"],
    ["readonly", "journal-failed", "may not be written"],
    ["no-database", "journal-failed", "is no journal"],
    ["cannot-open", "journal-failed", "cannot be opened"],
    ["other", "journal-failed", "could not be used"],
  ] as const)("%s", (trouble, code, message) => {
    const error = real[trouble]();
    expect(sqliteTrouble(error)).toBe(trouble);
    const failure = sqliteFailure(error, "/state/journal.sqlite");
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      cause: error,
      facts: { code, message: expect.stringContaining(message), hint: expect.any(String), sent: "not-sent" },
    });
  });

  it.each([
    [8 + 256 * 3, "readonly"],
    [10 + 256 * 4, "io"],
    [10 + 256 * 19, "full"],
    [11 + 256, "damaged"],
    [5 + 256 * 2, "busy"],
  ])("reads the extended code %i as %s", (errcode, trouble) => {
    expect(sqliteTrouble(Object.assign(new Error("?"), { code: "ERR_SQLITE_ERROR", errcode }))).toBe(trouble);
  });

  it.each(["ENOSPC", "EDQUOT"])("knows %s of the file system as a full disk", (code) => {
    const failure = sqliteFailure(Object.assign(new Error("mkdir"), { code }), "/state/journal.sqlite");
    expect(failure).toMatchObject({ facts: { code: "disk-full" } });
  });

  it("leaves failures and bugs as they are", () => {
    for (const error of [new Bug("ours"), new Failure({ code: "job-busy", message: "x", sent: "not-sent" })])
      expect(sqliteFailure(error, "/state/journal.sqlite")).toBe(error);
  });

  it("never deletes, and never invites to try again", () => {
    for (const make of Object.values(real)) {
      const failure = sqliteFailure(make(), "/state/journal.sqlite");
      const { message, hint } = (failure as Failure).facts;
      expect(`${message} ${hint}`).not.toMatch(/try again|delete the|remove the/i);
    }
  });
});
