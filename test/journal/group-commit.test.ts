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
  let synced: number;
  let sync: () => Promise<void>;
  beforeEach(() => {
    db = new (loadSqlite().DatabaseSync)(join(folder(), "a.sqlite"));
    db.exec("CREATE TABLE t (x INTEGER NOT NULL)");
    began = 0;
    synced = 0;
    const counted = Object.assign(Object.create(db) as DatabaseSync, {
      exec: (sql: string) => {
        if (sql.startsWith("BEGIN")) began++;
        db.exec(sql);
      },
    });
    sync = async () => void synced++;
    commits = groupCommit(counted, { clock: wallClock, sync: () => sync() });
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
    expect([began, synced]).toEqual([1, 1]);
  });

  it("gives a write that must be alone a sync of its own, before the others", async () => {
    await Promise.all([insert(1), insert(2), insert(3, true), insert(4), insert(5, true)]);
    expect(rows()).toEqual([3, 5, 1, 2, 4]);
    expect([began, synced]).toEqual([3, 3]);
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

  it("gathers what is asked for while a sync is under way", async () => {
    const syncing = Promise.withResolvers<void>();
    sync = () => syncing.promise;
    const first = insert(1);
    await expect.poll(rows).toEqual([1]);
    const later = Promise.all([insert(2), insert(3)]);
    sync = async () => {};
    syncing.resolve();
    await Promise.all([first, later]);
    expect(rows()).toEqual([1, 2, 3]);
    expect(began).toBe(2);
  });

  it("writes and reads nothing any more after a sync that failed", async () => {
    const syncing = Promise.withResolvers<void>();
    sync = () => syncing.promise;
    const first = insert(1);
    await expect.poll(rows).toEqual([1]);
    const second = insert(2);
    syncing.reject(new Error("no disk"));
    const all = await Promise.allSettled([first, second, insert(3)]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(rows()).toEqual([1]);
    expect(commits.assertSynced).toThrow("no disk");
  });
});
