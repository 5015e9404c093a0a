import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { JobRow, PlacedFile, RunRow } from "../executor/ports.ts";
import type { RecordedEvent } from "../job/event.ts";
import { inputTable, type InputTable } from "./input-table.ts";
import { readRecord, readText } from "./read-record.ts";
import { costsOfJob, spendReads, type SpendReads } from "./spend-table.ts";
import type { JobStatus } from "./status-after.ts";

export interface JournalReads
  extends Pick<SpendReads, "spent" | "samples" | "isBlurred">, Pick<InputTable, "uses" | "isPlaced"> {
  events(jobId: string): RecordedEvent[];
  jobIdsByBaseKey(baseKey: string, paidKey: string | undefined): string[];
  jobs(text: string, limit: number): JobRow[];
  unfinished(): JobRow[];
  paidFailures(): JobRow[];
  placed(path: string): PlacedFile[];
  runs(limit: number): RunRow[];
  isStopRequested(id: string): boolean;
}

type Row = ReturnType<StatementSync["all"]>[number];

const jobColumns = `job_id, name, recipe, run_id, status,
  (SELECT at_ms FROM events WHERE events.job_id = jobs.job_id ORDER BY seq DESC LIMIT 1) AS updated_at_ms`;

/** Where a job was made and delivered to: a preview on this machine, or a namesake in another folder, is another's. */
const placeOfJob = `
  (SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.plan.backend', '$.plan.outDir') END FROM events
   WHERE events.job_id = jobs.job_id AND type = 'job-planned' ORDER BY seq DESC LIMIT 1)`;

/** Each name and each work is looked up once: of one that fails every night there may be thousands. */
const paidFailuresQuery = `
  WITH failed AS MATERIALIZED (
    SELECT number, name, recipe, base_key, paid_key, ${placeOfJob} AS place FROM jobs
    WHERE status = 'failed' AND EXISTS (${costsOfJob})
  ), by_name AS MATERIALIZED (
    SELECT recipe, name, ${placeOfJob} AS place, max(number) AS newest FROM jobs
    WHERE status = 'finished' AND name IN (SELECT name FROM failed) GROUP BY recipe, name, place
  ), by_work AS MATERIALIZED (
    SELECT recipe, base_key, paid_key, max(number) AS newest FROM jobs
    WHERE status = 'finished' AND base_key IN (SELECT base_key FROM failed) GROUP BY recipe, base_key, paid_key
  )
  SELECT ${jobColumns} FROM jobs WHERE number IN (
    SELECT number FROM failed
    LEFT JOIN by_name USING (recipe, name, place) LEFT JOIN by_work USING (recipe, base_key, paid_key)
    WHERE number > coalesce(by_name.newest, 0) AND number > coalesce(by_work.newest, 0)
  ) ORDER BY number DESC`;

/**
 * The journal's questions, prepared once, but for the longest: few commands ask it, so it is prepared when it is asked.
 * Newest first is by the order of writing: clocks can be set back.
 */
export function journalReads(db: DatabaseSync): JournalReads {
  const events = db.prepare(
    "SELECT job_id, seq, at_ms, type, body FROM events WHERE job_id = ? ORDER BY seq",
  );
  const byBaseKey = db.prepare(
    "SELECT job_id FROM jobs WHERE base_key = ?1 AND paid_key = coalesce(?2, paid_key) ORDER BY number DESC",
  );
  const jobs = db.prepare(
    `SELECT ${jobColumns} FROM jobs
     WHERE ?1 = '' OR name = ?1 OR substr(job_id, 1, length(?1)) = ?1 ORDER BY number DESC LIMIT ?2`,
  );
  const unfinished = db.prepare(
    `SELECT ${jobColumns} FROM jobs WHERE status IN ('going', 'needs-you') ORDER BY number DESC`,
  );
  const placed = db.prepare(
    "SELECT sha256, job_id, max(number) AS newest FROM placed WHERE path = ? GROUP BY sha256 ORDER BY newest DESC",
  );
  const stop = db.prepare("SELECT 1 FROM stops WHERE id = ?");
  const runs = db.prepare(
    "SELECT run_id, started_at_ms, finished_at_ms, recipes, exit_code FROM runs ORDER BY number DESC LIMIT ?",
  );
  const jobsOfRun = db.prepare("SELECT job_id FROM run_jobs WHERE run_id = ? ORDER BY number");

  return {
    ...spendReads(db),
    ...inputTable(db),
    events: (jobId) => events.all(jobId).map(recordedEvent),
    jobIdsByBaseKey: (baseKey, paidKey) =>
      byBaseKey.all(baseKey, paidKey ?? null).map((row) => text(row, "job_id")),
    jobs: (wanted, limit) => jobs.all(wanted, limit).map(jobRow),
    unfinished: () => unfinished.all().map(jobRow),
    paidFailures: () => db.prepare(paidFailuresQuery).all().map(jobRow),
    placed: (path) =>
      placed.all(path).map((row) => ({ sha256: text(row, "sha256"), jobId: text(row, "job_id") })),
    isStopRequested: (id) => stop.get(id) !== undefined,
    runs: (limit) =>
      runs.all(limit).map((row) =>
        runRow(
          row,
          jobsOfRun.all(text(row, "run_id")).map((job) => text(job, "job_id")),
        ),
      ),
  };
}

function recordedEvent(row: Row): RecordedEvent {
  return {
    jobId: text(row, "job_id"),
    seq: Number(row["seq"]),
    atMs: Number(row["at_ms"]),
    event: readRecord(text(row, "body"), text(row, "job_id"), text(row, "type")),
  };
}

function jobRow(row: Row): JobRow {
  return {
    jobId: text(row, "job_id"),
    name: text(row, "name"),
    recipe: text(row, "recipe"),
    runId: text(row, "run_id"),
    status: text(row, "status") as JobStatus,
    updatedAtMs: Number(row["updated_at_ms"]),
  };
}

function runRow(row: Row, jobIds: readonly string[]): RunRow {
  return {
    runId: text(row, "run_id"),
    startedAtMs: Number(row["started_at_ms"]),
    recipes: readText(text(row, "recipes"), text(row, "run_id")) as string[],
    jobIds,
    ...(row["finished_at_ms"] !== null && { finishedAtMs: Number(row["finished_at_ms"]) }),
    ...(row["exit_code"] !== null && { exitCode: Number(row["exit_code"]) }),
  };
}

function text(row: Row, column: string): string {
  return String(row[column]);
}
