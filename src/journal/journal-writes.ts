import type { DatabaseSync } from "node:sqlite";
import { assert } from "../base/assert.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { JobEvent, RecordedEvent } from "../job/event.ts";
import { inputTable } from "./input-table.ts";
import { jobBusy } from "./job-busy.ts";
import { jobCancelled } from "./job-cancelled.ts";
import { spendWrites } from "./spend-table.ts";
import { statusAfter } from "./status-after.ts";

export interface JournalWrites {
  /** Throws a Failure `job-busy` where `expectedSeq` is no longer the newest, `cancelled` before a turn of a stopped job, `over-budget` where a turn does not fit into `limits`. */
  append(recorded: RecordedEvent, limits?: readonly BudgetLimit[]): void;
  startRun(run: { readonly runId: string; readonly recipes: readonly string[]; readonly atMs: number }): void;
  finishRun(run: { readonly runId: string; readonly exitCode: number; readonly atMs: number }): void;
  requestStop(request: { readonly id: string; readonly atMs: number }): void;
}

/** The journal's writes, prepared once. Each is called inside a transaction. */
export function journalWrites(db: DatabaseSync): JournalWrites {
  const newestSeq = db.prepare("SELECT seq FROM events WHERE job_id = ? ORDER BY seq DESC LIMIT 1");
  const insert = db.prepare("INSERT INTO events (job_id, seq, at_ms, type, body) VALUES (?, ?, ?, ?, ?)");
  const place = db.prepare("INSERT INTO placed (path, sha256, job_id, at_ms) VALUES (?, ?, ?, ?)");
  const setStatus = db.prepare("UPDATE jobs SET status = ? WHERE job_id = ?");
  const spend = spendWrites(db);
  const inputs = inputTable(db);
  const keepRun = runKeeper(db);
  const isParked = parkedJobs(db);
  const startRun = db.prepare("INSERT INTO runs (run_id, started_at_ms, recipes) VALUES (?, ?, ?)");
  const requestStop = db.prepare("INSERT OR REPLACE INTO stops (id, at_ms) VALUES (?, ?)");
  const forgetStop = db.prepare("DELETE FROM stops WHERE id = ?");
  const stopOf = db.prepare(
    "SELECT 1 FROM stops WHERE id = ?1 OR id = (SELECT run_id FROM jobs WHERE job_id = ?1) LIMIT 1",
  );
  const finishRun = db.prepare("UPDATE runs SET finished_at_ms = ?, exit_code = ? WHERE run_id = ?");

  return {
    append(recorded, limits = []) {
      const { jobId, seq, atMs, event } = recorded;
      const newest = Number(newestSeq.get(jobId)?.["seq"] ?? 0);
      if (newest >= seq) throw jobBusy(jobId);
      assert(newest === seq - 1, `event ${seq} of ${jobId} would follow event ${newest}`);
      if (event.type === "turn-sending" && stopOf.get(jobId) !== undefined) throw jobCancelled();
      spend.check(recorded, limits);
      insert.run(jobId, seq, atMs, event.type, JSON.stringify(event));
      spend.record(recorded);
      if (event.type === "file-placing") place.run(event.path, event.sha256, jobId, atMs);
      keepRun(jobId, event);
      inputs.record(jobId, event);
      const status = statusAfter(event, { isParked: isParked(jobId, event) });
      if (status !== undefined) setStatus.run(status, jobId);
      if (status !== undefined && status !== "going") forgetStop.run(jobId);
    },
    startRun: ({ runId, recipes, atMs }) => void startRun.run(runId, atMs, JSON.stringify(recipes)),
    finishRun: ({ runId, exitCode, atMs }) => void finishRun.run(atMs, exitCode, runId),
    requestStop: ({ id, atMs }) => void requestStop.run(id, atMs),
  };
}

/** Keeps which run took the job up, and what the job is called. */
function runKeeper(db: DatabaseSync): (jobId: string, event: JobEvent) => void {
  const keepJob = db.prepare(
    `INSERT INTO jobs (job_id, name, recipe, run_id, base_key, paid_key, status) VALUES (?, ?, ?, ?, ?, ?, 'going')
     ON CONFLICT (job_id) DO UPDATE SET name = excluded.name, recipe = excluded.recipe, run_id = excluded.run_id,
       base_key = excluded.base_key, paid_key = excluded.paid_key`,
  );
  const setRun = db.prepare("UPDATE jobs SET run_id = ? WHERE job_id = ?");
  const addToRun = db.prepare("INSERT OR IGNORE INTO run_jobs (run_id, job_id) VALUES (?, ?)");
  return (jobId, event) => {
    if (event.type !== "job-planned" && event.type !== "job-resumed") return;
    if (event.type === "job-planned") {
      const { name, recipe, baseKey, paidKey } = event.plan;
      keepJob.run(jobId, name, recipe, event.runId, baseKey, paidKey);
    } else setRun.run(event.runId, jobId);
    addToRun.run(event.runId, jobId);
  };
}

/** Turns of a job never overlap, so the last one tells whether a person must decide first. */
function parkedJobs(db: DatabaseSync): (jobId: string, event: JobEvent) => boolean {
  const lastTurn = db.prepare(
    "SELECT type FROM events WHERE job_id = ? AND type GLOB 'turn-*' ORDER BY seq DESC LIMIT 1",
  );
  return (jobId, event) =>
    (event.type === "job-planned" || event.type === "job-resumed") &&
    lastTurn.get(jobId)?.["type"] === "turn-unknown";
}
