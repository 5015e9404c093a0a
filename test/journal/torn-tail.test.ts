import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { isWhole } from "../support/rounds.ts";
import { plannedJob } from "../support/planned-job.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { openForTest } from "./open-for-test.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const isProof = process.env["PROOF"] === "1";
const folder = temporaryFolders();
/** The format is SQLite's own on each runtime: elsewhere than on Node, some of the cuts show that. */
const every = isWhole ? 1 : 5;
const sectorBytes = 512;
/** The log begins with a head; each frame is a head of its own and a page. */
const headBytes = 32;
const frameBytes = 24 + 4096;

/** A journal as a power cut finds it: what was on the disk behind the last sync but one, and the log with the last. */
interface Written {
  readonly database: Buffer;
  readonly log: Buffer;
  /** Where the bytes of the last record begin and end in the log. */
  readonly syncedBytes: number;
  readonly endBytes: number;
  /** Events on record before the last one. */
  readonly synced: number;
}

/** Appends events one by one, and looks at the disk behind each. `count` decides whether the log has begun anew. */
async function write(count: number): Promise<Written> {
  const at = folder();
  const path = join(at, "journal.db");
  const journal = await openForTest(path);
  const files = (): { database: Buffer; log: Buffer } => ({
    database: readFileSync(path),
    log: readFileSync(`${path}-wal`),
  });
  await journal.append("job_a", { type: "job-planned", runId: "run_1", plan: plannedJob() }, 0);
  for (let seq = 1; seq < count - 1; seq++)
    await journal.append("job_a", { type: "file-uploaded", key: `${seq}`, name: "n".repeat(200) }, seq);
  const before = files();
  await journal.append("job_a", { type: "job-finished" }, count - 1);
  const after = files();
  await journal.close();
  expect(after.database.equals(before.database), "the last record moved nothing into the database").toBe(
    true,
  );
  const syncedBytes = firstDifference(before.log, after.log);
  return { ...after, syncedBytes, endBytes: endOfDifference(before.log, after.log), synced: count - 1 };
}

function firstDifference(before: Buffer, after: Buffer): number {
  const shorter = Math.min(before.length, after.length);
  for (let at = 0; at < shorter; at++) if (before[at] !== after[at]) return at;
  return shorter;
}

/** The end of the last frame that differs: behind it an older round's may stand. */
function endOfDifference(before: Buffer, after: Buffer): number {
  let at = after.length;
  while (at <= before.length && before[at - 1] === after[at - 1]) at--;
  return headBytes + Math.ceil((at - headBytes) / frameBytes) * frameBytes;
}

let nth = 0;
let at = "";

/** Opens the journal with such a log: all that was synced is there, and the last record whole or not at all. */
async function openWith({ database, synced }: Written, log: Buffer, what: string): Promise<number> {
  const path = join(at, `journal-${nth++}.db`);
  writeFileSync(path, database);
  writeFileSync(`${path}-wal`, log);
  const journal = await openForTest(path);
  const events = await journal.read("job_a");
  expect(
    events.map(({ seq }) => seq),
    what,
  ).toEqual(events.map((_, index) => index + 1));
  expect(events.length, what).toBeGreaterThanOrEqual(synced);
  expect(events.length, what).toBeLessThanOrEqual(synced + 1);
  if (nth % 16 === 0) await journal.append("job_a", { type: "job-finished" }, events.length);
  await journal.close();
  return events.length;
}

describe.each([
  { name: "a log that only grew", count: 30, isOver: false },
  { name: "a log that began anew over its old records", count: 700, isOver: true },
])("R5: power loss with $name", ({ name, count, isOver }) => {
  let written: Written;
  beforeAll(async () => {
    at = folder();
    written = await write(count);
  });

  it("keeps all that was synced, at whatever byte the tail is cut", { timeout: 1_800_000 }, async () => {
    at = folder();
    const { log, syncedBytes, endBytes, synced } = written;
    expect(endBytes - syncedBytes).toBeGreaterThan(4096);
    expect(endBytes < log.length).toBe(isOver);
    const isLooked = (byte: number): boolean =>
      isProof || byte % sectorBytes <= 1 || (byte - headBytes) % frameBytes <= 25 || byte === endBytes;
    let looked = 0;
    let cuts = 0;
    let kept = 0;
    for (let byte = syncedBytes; byte <= endBytes; byte++) {
      if (!isLooked(byte) || (looked++ % every !== 0 && byte !== endBytes)) continue;
      cuts += 1;
      const found = await openWith(written, log.subarray(0, byte), `cut at byte ${byte} of ${log.length}`);
      if (found > synced) kept += 1;
    }
    expect(kept).toBeGreaterThan(0);
    proven(
      "R5",
      `${cuts} cuts of the unsynced tail (${isProof ? "every byte" : "sectors and frame heads"}), ${name}: at most the last record lost`,
    );
  });

  it(
    "keeps all that was synced, whichever sectors were dropped, torn or kept",
    { timeout: 1_800_000 },
    async () => {
      at = folder();
      const seeds = isProof ? 2000 : 100 / every;
      const { synced } = written;
      let lost = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const found = await openWith(written, tear(written, seededRandom(seed)), `seed ${seed}`);
        if (found === synced) lost += 1;
      }
      expect(lost).toBeGreaterThan(seeds / 2);
      proven(
        "R5",
        `${seeds} tails with sectors kept, dropped and torn, ${name}: at most the last record lost`,
        `1–${seeds}`,
      );
    },
  );
});

/** What a disk may make of writes that nobody synced: each sector as it was before, as it should be, or half of it. */
function tear({ log, syncedBytes }: Written, random: Random): Buffer {
  const torn = Buffer.from(log);
  for (let from = syncedBytes; from < log.length; from += sectorBytes - (from % sectorBytes)) {
    const to = Math.min(log.length, from + sectorBytes - (from % sectorBytes));
    const fate = random.pick(["kept", "kept", "dropped", "torn", "garbage"]);
    if (fate === "dropped") torn.fill(0, from, to);
    if (fate === "torn") torn.fill(0, random.between(from, to - 1), to);
    if (fate === "garbage") torn.fill(random.between(0, 255), random.between(from, to - 1), to);
  }
  return torn.subarray(0, random.chance(0.3) ? random.between(syncedBytes, log.length) : log.length);
}
