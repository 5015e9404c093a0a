import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupCommit, type GroupCommit } from "../../src/journal/group-commit.ts";
import { loadSqlite } from "../../src/journal/load-sqlite.ts";
import { wallClock } from "./open-for-test.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const folder = temporaryFolders();

describe("groupCommit", () => {
  let db: DatabaseSync;
  let commits: GroupCommit;
  let began: number;
  beforeEach(() => {
    db = new (loadSqlite().DatabaseSync)(join(folder(), "a.sqlite"));
    db.exec("CREATE TABLE t (x INTEGER NOT NULL)");
    began = 0;
    const counted = Object.assign(Object.create(db) as DatabaseSync, {
      exec: (sql: string) => {
        if (sql.startsWith("BEGIN")) began++;
        db.exec(sql);
      },
    });
    commits = groupCommit(counted, wallClock);
  });
  afterEach(() => db.close());

  const insert = (x: number | null, isAlone = false): Promise<number | null> =>
    commits.write(
      () => {
        db.prepare("INSERT INTO t VALUES (?)").run(x);
        return x;
      },
      { isAlone },
    );
  const rows = (): unknown[] =>
    db
      .prepare("SELECT x FROM t")
      .all()
      .map(({ x }) => x);

  it("shares one sync among what is asked for at once, in order", async () => {
    const all = Array.from({ length: 64 }, (_, x) => insert(x));
    expect(await Promise.all(all)).toEqual(rows());
    expect(began).toBe(1);
  });

  it("gives a write that must be alone a sync of its own, before the others", async () => {
    await Promise.all([insert(1), insert(2), insert(3, true), insert(4), insert(5, true)]);
    expect(rows()).toEqual([3, 5, 1, 2, 4]);
    expect(began).toBe(3);
  });

  it("lets one that refuses by itself fail alone", async () => {
    const refused = commits.write(
      () => {
        throw new RangeError("not mine");
      },
      { isAlone: false },
    );
    const both = await Promise.allSettled([insert(1), refused, insert(2)]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(rows()).toEqual([1, 2]);
  });

  it("lets one that the database refuses fail alone", async () => {
    const all = await Promise.allSettled([insert(1), insert(null), insert(2)]);
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(rows()).toEqual([1, 2]);
  });
});
