import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findDamage } from "../../src/journal/find-damage.ts";
import { loadSqlite } from "../../src/journal/load-sqlite.ts";
import { journalCostsContract } from "../executor/journal-costs.contract.ts";
import { journalInputsContract } from "../executor/journal-inputs.contract.ts";
import { journalMoneyContract } from "../executor/journal-money.contract.ts";
import { journalSlotsContract } from "../executor/journal-slots.contract.ts";
import { journalContract } from "../executor/journal.contract.ts";
import { openForTest } from "./open-for-test.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const folder = temporaryFolders();

journalSlotsContract("openJournal", (clock) => openForTest(join(folder(), "state", "journal.sqlite"), clock));
journalContract("openJournal", (clock) => openForTest(join(folder(), "state", "journal.sqlite"), clock));
journalMoneyContract("openJournal", (clock) => openForTest(join(folder(), "state", "journal.sqlite"), clock));
journalCostsContract("openJournal", (clock) => openForTest(join(folder(), "state", "journal.sqlite"), clock));
journalInputsContract("openJournal", (clock) =>
  openForTest(join(folder(), "state", "journal.sqlite"), clock),
);

async function closedJournal(): Promise<string> {
  const path = join(folder(), "journal.sqlite");
  const journal = await openForTest(path);
  await journal.append("job_a", { type: "job-finished" }, 0);
  await journal.close();
  return path;
}

describe("openJournal", () => {
  it("finds everything again after it was closed", async () => {
    const path = await closedJournal();
    const journal = await openForTest(path);
    expect((await journal.read("job_a")).map(({ event }) => event.type)).toEqual(["job-finished"]);
    await journal.close();
  });

  it("makes folder and files that only their owner can read", async () => {
    const path = join(folder(), "deep", "state", "journal.sqlite");
    const journal = await openForTest(path);
    await journal.append("job_a", { type: "job-finished" }, 0);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    await journal.close();
  });

  it("loses nothing that was asked for before it was closed", async () => {
    const path = join(folder(), "journal.sqlite");
    const journal = await openForTest(path);
    const asked = Array.from({ length: 200 }, (_, seq) =>
      journal.append("job_a", { type: "session-forgotten" }, seq),
    );
    await journal.close();
    await Promise.all(asked);
    const again = await openForTest(path);
    expect(await again.read("job_a")).toHaveLength(200);
    await again.close();
  });

  it("waits for another writer, and then goes on", async () => {
    const path = join(folder(), "journal.sqlite");
    const journal = await openForTest(path);
    const other = new (loadSqlite().DatabaseSync)(path);
    other.exec("BEGIN IMMEDIATE");
    let isWritten = false;
    const written = journal.append("job_a", { type: "job-finished" }, 0).then(() => (isWritten = true));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(isWritten).toBe(false);
    other.exec("COMMIT");
    other.close();
    await written;
    await journal.close();
  });

  it("gives up on a writer that never ends, after half a minute", async () => {
    const path = join(folder(), "journal.sqlite");
    let nowMs = 0;
    const journal = await openForTest(path, { now: () => nowMs, sleep: async () => void (nowMs += 10_000) });
    const other = new (loadSqlite().DatabaseSync)(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(journal.append("job_a", { type: "job-finished" }, 0)).rejects.toMatchObject({
      facts: { code: "journal-failed", message: expect.stringContaining("locked") },
    });
    other.close();
    await journal.append("job_a", { type: "job-finished" }, 0);
    await journal.close();
  });
});

describe("a record that changed under us is told with whose it is, and nothing is guessed", () => {
  it.each([
    ["no JSON", "UPDATE events SET body = replace(body, ':', ';')"],
    [
      "another type than it was written with",
      "UPDATE events SET body = replace(body, 'finished', 'finishet')",
    ],
    ["no event", "UPDATE events SET body = 'null'"],
  ])("%s", async (_, statement) => {
    const path = await closedJournal();
    const db = new (loadSqlite().DatabaseSync)(path);
    db.exec(statement);
    db.close();
    const facts = {
      code: "journal-failed",
      message: expect.stringMatching(/is damaged: a record of job_a cannot be read$/),
      hint: expect.stringContaining("nothing was deleted"),
    };
    const journal = await openForTest(path);
    await expect(journal.read("job_a")).rejects.toMatchObject({ facts });
    await journal.close();
    expect(() => findDamage(path)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining(facts) }),
    );
  });

  it.each(["null", "{"])("and no intent is half recorded for its job: %s", async (body) => {
    const path = join(folder(), "journal.sqlite");
    const journal = await openForTest(path);
    await journal.append("job_a", { type: "job-resumed", runId: "run_1" }, 0);
    const db = new (loadSqlite().DatabaseSync)(path);
    db.prepare("UPDATE events SET body = ?").run(body);
    const creditsBefore = { available: 100, frozen: 0, total: 100 };
    const intent = { key: "k", attempt: 1, promptHash: "p", draftBefore: "none", creditsBefore, atMs: 5 };
    await expect(
      journal.append("job_a", { type: "turn-sending", ...intent, reserved: 100, overlapped: false }, 1),
    ).rejects.toMatchObject({ facts: { code: "journal-failed" } });
    expect(db.prepare("SELECT type FROM events").all()).toEqual([{ type: "job-resumed" }]);
    db.close();
    await journal.close();
  });

  it("damaged tables are found, and a whole journal is passed", async () => {
    const path = await closedJournal();
    expect(() => findDamage(path)).not.toThrow();
    const bytes = readFileSync(path);
    bytes.fill(0x58, 8192);
    writeFileSync(path, bytes);
    expect(() => findDamage(path)).toThrow(/is damaged/);
  });
});

describe("a file that is no journal of ours is refused and left as it is", () => {
  const sql =
    (statements: string) =>
    (path: string): void => {
      const db = new (loadSqlite().DatabaseSync)(path);
      db.exec(statements);
      db.close();
    };
  const header = (path: string): void => {
    const bytes = readFileSync(path);
    bytes.fill(0x58, 0, 16);
    writeFileSync(path, bytes);
  };

  it.each([
    { file: "a damaged header", change: header, message: "first bytes are damaged", hint: "from a backup" },
    {
      file: "a newer version's",
      change: sql("UPDATE meta SET value = '99'"),
      message: "newer nemo-recipe (format 99",
      hint: "upgrade",
    },
    {
      file: "another program's",
      change: sql("DROP TABLE meta"),
      message: "another program",
      hint: "--state-dir",
    },
    {
      file: "a lost format",
      change: sql("DELETE FROM meta"),
      message: "another program",
      hint: "--state-dir",
    },
  ])("$file", async ({ change, message, hint }) => {
    const path = await closedJournal();
    change(path);
    const before = readFileSync(path);
    await expect(openForTest(path)).rejects.toMatchObject({
      facts: {
        code: "journal-failed",
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
        sent: "not-sent",
      },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("a folder in its place, or a file in the folder's", async () => {
    const base = folder();
    mkdirSync(join(base, "journal.sqlite"));
    writeFileSync(join(base, "file"), "");
    for (const path of [join(base, "journal.sqlite"), join(base, "file", "journal.sqlite")]) {
      await expect(openForTest(path)).rejects.toMatchObject({
        facts: { code: "journal-failed", hint: expect.stringContaining("--state-dir") },
      });
    }
  });
});
