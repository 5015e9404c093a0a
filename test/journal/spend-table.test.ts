import { join } from "node:path";
import { expect, it } from "vitest";
import type { JobEvent } from "../../src/job/event.ts";
import { loadSqlite } from "../../src/journal/load-sqlite.ts";
import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { currentFormat, migrate, migrations } from "../../src/journal/tables.ts";
import { plannedJob } from "../support/planned-job.ts";
import { children } from "./child.ts";
import { openForTest, wallClock } from "./open-for-test.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const folder = temporaryFolders();
const start = children();

const plan = plannedJob({ turns: [{ prompt: "a" }, { prompt: "b", turn: "refinement" }] });
const [first = "", second = ""] = plan.steps.flatMap((step) => (step.kind === "turn" ? [step.key] : []));
const credits = { available: 900, frozen: 0, total: 900 };
const intent = {
  attempt: 1,
  promptHash: "p",
  draftBefore: "none",
  creditsBefore: credits,
  overlapped: false,
};
const sending = (key: string): JobEvent => ({ type: "turn-sending", key, atMs: 1, ...intent });

/** Writes a journal as the first format had it. */
function writeFormat1(path: string, jobs: Readonly<Record<string, readonly JobEvent[]>>): void {
  const db = new (loadSqlite().DatabaseSync)(path);
  migrate(db, path, migrations.slice(0, 1));
  const insert = db.prepare("INSERT INTO events (job_id, seq, at_ms, type, body) VALUES (?, ?, ?, ?, ?)");
  for (const [jobId, events] of Object.entries(jobs)) {
    for (const [index, event] of events.entries())
      insert.run(jobId, index + 1, 1000 + index, event.type, JSON.stringify(event));
  }
  db.close();
}

it("brings a journal of the first format forward, and knows what it had spent", async () => {
  const path = join(folder(), "journal.sqlite");
  const local = { ...plan, backend: "local" };
  const failure = { code: "turn-unknown", message: "nobody knows" } as const;
  writeFormat1(path, {
    job_a: [
      { type: "job-planned", runId: "run_1", plan },
      sending(first),
      { type: "turn-settled", key: first, changed: true, cost: 40 },
      sending(second),
      { type: "turn-settled", key: second, changed: true },
    ],
    job_b: [
      { type: "job-planned", runId: "run_1", plan },
      sending(first),
      { type: "turn-not-sent", key: first, failure },
      { type: "job-resumed", runId: "run_2" },
      sending(first),
      { type: "turn-unknown", key: first, failure },
    ],
    job_c: [{ type: "job-planned", runId: "run_1", plan: local }, sending(first)],
  });
  const warnings: string[] = [];
  const journal = await openJournal({
    path,
    clock: wallClock,
    onWarning: (text) => void warnings.push(text),
  });
  expect(warnings).toEqual([`the journal was brought from format 1 to ${currentFormat}`]);
  expect(await journal.spent({ sinceMs: 0 })).toEqual({ measured: 40, unmeasured: 100, reserved: 100 });
  expect(await journal.spent({ sinceMs: 1003 })).toEqual({ measured: 0, unmeasured: 100, reserved: 100 });
  expect(await journal.spent({ sinceMs: 0, jobId: "job_b" })).toMatchObject({ reserved: 100 });
  expect(await journal.costSamples({ backend: plan.backend, of: "recipe", name: "promo" })).toEqual([
    { turn: "prompt", credits: 40 },
  ]);
  const ofRun = { scope: "run", from: "x" } as const;
  await expect(journal.append("job_b", sending(second), 6, [{ ...ofRun, credits: 199 }])).rejects.toThrow(
    "199 credits a run",
  );
  await journal.append("job_b", sending(second), 6, [{ ...ofRun, credits: 200 }]);
  await journal.close();
  const again = await openForTest(path);
  expect((await again.read("job_a")).length).toBe(5);
  await again.close();
});

it("lets two processes share a day's credits, and neither have the last of them twice", async () => {
  const path = join(folder(), "journal.sqlite");
  await (await openForTest(path)).close();
  const both = ["one", "two"].map((name) => start([path, "spend", `job_${name}`, name]));
  await Promise.all(both.map(({ ended }) => ended));
  const [one = [], two = []] = both.map((child) => child.lines());
  for (const lines of [one, two]) expect(lines.at(-1)).toBe("refused over-budget");
  expect(one.length + two.length - 2).toBe(30);
  const journal = await openForTest(path);
  expect(await journal.spent({ sinceMs: 0 })).toEqual({ measured: 0, unmeasured: 0, reserved: 3000 });
  await journal.close();
});
