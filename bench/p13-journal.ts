import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openJournal } from "../src/journal/sqlite-journal.ts";
import type { BenchRow, Comparison } from "./row.ts";
import { bundleSubject } from "./subject.ts";
import { clock } from "./subjects/open-service.ts";
import { takeTurns } from "./take-turns.ts";

const records = "800";

export const p13: BenchRow = {
  id: "P13",
  title: "journal",
  says: "800 events, each on the disk before the next, against as many appends of 400 bytes with `fdatasync`; eight writers against one; and what a start reads of a journal of a million events in which eight jobs of 90,910 are unfinished. Where a sync takes long, it is nearly all of the wall time; where it takes a tenth of a millisecond, SQLite's own work shows.",
  rounds: 5,
  async run({ rounds, folder }) {
    const floor = await bundleSubject("journal-floor.ts", folder);
    const journal = await bundleSubject("journal.ts", folder);
    const serial = await takeTurns({
      rounds,
      floor: () => floor([folder, records]),
      subject: () => journal([folder, records, "1"]),
    });
    const grouped = await takeTurns({
      rounds,
      floor: () => journal([folder, records, "1"]),
      subject: () => journal([folder, records, "8"]),
    });
    return [
      {
        name: "one writer",
        floor: "append and `fdatasync`",
        ...serial,
        goals: [{ of: "wall", mostRatio: 1.25 }],
      },
      { name: "eight writers", floor: "one writer", ...grouped, goals: [{ of: "wall", mostRatio: 0.25 }] },
      await recovery(folder, rounds),
    ];
  },
};

async function recovery(folder: string, rounds: number): Promise<Comparison> {
  const path = join(folder, "million", "journal.db");
  mkdirSync(join(folder, "million"));
  await (await openJournal({ path, clock, onWarning: () => {} })).close();
  fill(path);
  const read = await bundleSubject("recovery.ts", folder);
  const samples = await takeTurns({ rounds, floor: () => read([path]), subject: () => read([path]) });
  return { name: "start", floor: "itself", ...samples, goals: [{ of: "wall", mostMs: 200 }] };
}

/** Eleven events for each of 90,910 jobs, written past the journal: it would take minutes to sync each. */
function fill(path: string): void {
  const db = new DatabaseSync(path);
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90910)";
  const seqs = "(SELECT value AS seq FROM json_each('[1,2,3,4,5,6,7,8,9,10,11]'))";
  const body = `'{"type":"job-finished","text":"${"t".repeat(200)}"}'`;
  db.exec(`PRAGMA synchronous = OFF; BEGIN;
    ${numbers} INSERT INTO events (job_id, seq, at_ms, type, body)
      SELECT 'job_' || i, seq, 1760000000000 + i, 'job-finished', ${body} FROM n, ${seqs};
    ${numbers} INSERT INTO jobs (job_id, name, recipe, run_id, base_key, paid_key, status)
      SELECT 'job_' || i, 'job-' || i, 'r', 'run_1', 'b' || i, 'p' || i,
        CASE WHEN i % 11364 = 1 THEN 'going' ELSE 'finished' END FROM n;
    COMMIT`);
  db.close();
}
