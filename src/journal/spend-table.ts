import type { DatabaseSync, StatementSync } from "node:sqlite";
import { assert } from "../base/assert.ts";
import type { CostQuery, SpendQuery } from "../executor/ports.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { JobEvent, RecordedEvent } from "../job/event.ts";
import { overBudget } from "../job/over-budget.ts";
import { spendChange, type SpendChange, type Spending } from "../job/spending.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import type { CostSample } from "../plan/turn-costs.ts";
import { longestTurnMs } from "./longest-turn.ts";
import { mostSamples } from "./most-samples.ts";
import { readRecord } from "./read-record.ts";

/** A row a sending of a paid turn, found by the number of its intent: a turn may be sent again, under the same key. */
const table = `
  CREATE TABLE spend (
    job_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    key TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    recipe TEXT NOT NULL,
    skill TEXT NOT NULL,
    backend TEXT NOT NULL,
    turn TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    reserved REAL NOT NULL,
    measured REAL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'unknown', 'settled', 'released')),
    PRIMARY KEY (job_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX spend_by_time ON spend (at_ms);
  CREATE INDEX spend_by_run ON spend (run_id);
  CREATE INDEX spend_by_recipe ON spend (recipe, turn, at_ms);
  CREATE INDEX spend_by_skill ON spend (skill, turn, at_ms);
`;

/**
 * Makes the table, and fills it from what a journal of an older format holds. A later form of it is a step that drops
 * the table and calls this once more: everything in it is in the events.
 */
export function makeSpendTable(db: DatabaseSync): void {
  db.exec(table);
  const { record } = spendWrites(db);
  const turns = db.prepare(
    "SELECT seq, at_ms, type, body FROM events WHERE job_id = ? AND type GLOB 'turn-*' ORDER BY seq",
  );
  for (const job of db.prepare("SELECT DISTINCT job_id FROM events WHERE type = 'turn-sending'").all()) {
    const jobId = String(job["job_id"]);
    for (const row of turns.all(jobId)) {
      const event = readRecord(String(row["body"]), jobId, String(row["type"]));
      record({ jobId, seq: Number(row["seq"]), atMs: Number(row["at_ms"]), event });
    }
  }
}

export interface SpendWrites {
  /** Throws a Failure `over-budget` for an intent that does not fit into a limit. Changes nothing. */
  check(recorded: RecordedEvent, limits: readonly BudgetLimit[]): void;
  /** Keeps what an event says of money; called with each event, behind those before it. */
  record(recorded: RecordedEvent): void;
}

/** Called inside the transaction that keeps the event, so that no other process spends in between. */
export function spendWrites(db: DatabaseSync): SpendWrites {
  const reads = spendReads(db);
  const ownerOf = ownerReader(db);
  const insert = db.prepare(
    `INSERT INTO spend (job_id, seq, key, attempt, run_id, recipe, skill, backend, turn, at_ms, reserved, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reserved')`,
  );
  const change = db.prepare(
    `UPDATE spend SET state = ?1, measured = ?2, ended_at_ms = CASE ?1 WHEN 'reserved' THEN NULL ELSE ?5 END
     WHERE job_id = ?3 AND seq = (SELECT max(seq) FROM spend WHERE job_id = ?3 AND key = ?4)`,
  );

  const begin = (
    { jobId, seq, atMs }: RecordedEvent,
    { key, attempt, turn, reserved }: Extract<SpendChange, { type: "begin" }>,
  ): void => {
    const { runId, plan } = ownerOf(jobId, seq);
    const step = plan?.steps.find((one) => one.key === key);
    const kind = turn ?? (step?.kind === "turn" ? step.turn : "prompt");
    const owner = [runId, plan?.recipe ?? "", plan?.skill.name ?? "", plan?.backend ?? ""];
    insert.run(jobId, seq, key, attempt, ...owner, kind, atMs, reserved);
  };

  return {
    check({ jobId, seq, event }, limits) {
      if (limits.length === 0) return;
      const intent = spendChange(event);
      assert(intent?.type === "begin", `${event.type} is no turn, and spends nothing`);
      const { runId } = ownerOf(jobId, seq);
      for (const limit of limits) {
        const spending = reads.inLimit(limit, { jobId, runId });
        const refused = overBudget(limit, { spending, reserve: intent.reserved });
        if (refused !== undefined) throw refused;
      }
    },
    record(recorded) {
      const known = spendChange(recorded.event);
      if (known?.type === "begin") begin(recorded, known);
      if (known?.type !== "change") return;
      const endedAtMs = known.openUntilMs ?? recorded.atMs;
      change.run(known.state, known.measured ?? null, recorded.jobId, known.key, endedAtMs);
    },
  };
}

/** The plan and the run that a job had before its event `seq`. */
function ownerReader(
  db: DatabaseSync,
): (jobId: string, seq: number) => { readonly runId: string; readonly plan?: PlannedJob } {
  const lives = db.prepare(
    `SELECT type, body FROM events WHERE job_id = ? AND seq < ? AND type IN ('job-planned', 'job-resumed')
     ORDER BY seq DESC`,
  );
  return (jobId, seq) => {
    let runId: string | undefined;
    for (const { type, body } of lives.all(jobId, seq)) {
      const event = readRecord(String(body), jobId, String(type)) as Extract<JobEvent, { runId: string }>;
      runId ??= event.runId;
      if (event.type === "job-planned") return { runId, plan: event.plan };
    }
    return { runId: runId ?? "" };
  };
}

export interface SpendReads {
  spent(query: SpendQuery): Spending;
  inLimit(limit: BudgetLimit, owner: { readonly jobId: string; readonly runId: string }): Spending;
  samples(query: CostQuery): CostSample[];
  isBlurred(jobId: string): boolean;
}

/** A row where the job of the outer query has cost something, or may have. */
export const costsOfJob = `
  SELECT 1 FROM spend WHERE spend.job_id = jobs.job_id AND backend <> 'local'
    AND (measured > 0 OR (measured IS NULL AND state <> 'released'))`;

const sums = `
  SELECT coalesce(sum(measured), 0) AS measured,
    coalesce(sum(reserved) FILTER (WHERE state = 'settled' AND measured IS NULL), 0) AS unmeasured,
    coalesce(sum(reserved) FILTER (WHERE state IN ('reserved', 'unknown')), 0) AS reserved
  FROM spend WHERE backend <> 'local' AND (?2 = '' OR recipe = ?2)`;

export function spendReads(db: DatabaseSync): SpendReads {
  // A row that a clock set back has put into the future is in every period: a budget fails closed.
  const since = db.prepare(`${sums} AND at_ms >= ?1`);
  const sinceOn = db.prepare(`${sums} AND at_ms >= ?1 AND backend = ?3`);
  const ofJob = db.prepare(`${sums} AND job_id = ?1`);
  const ofRun = db.prepare(`${sums} AND run_id = ?1`);
  const ofJobSince = db.prepare(`${sums} AND job_id = ?1 AND at_ms >= ?3 AND (?4 = '' OR backend = ?4)`);
  const samples = (column: "recipe" | "skill"): StatementSync =>
    db.prepare(
      `SELECT turn, measured FROM spend
       WHERE ${column} = ?1 AND turn = ?2 AND backend = ?3 AND state = 'settled' AND measured IS NOT NULL
       ORDER BY at_ms DESC LIMIT ${mostSamples}`,
    );
  const blurring = db.prepare(
    `SELECT 1 FROM spend AS other JOIN
       (SELECT backend, at_ms FROM spend WHERE job_id = ?1 ORDER BY seq DESC LIMIT 1) AS own
     ON other.backend = own.backend
     WHERE other.job_id <> ?1 AND other.backend <> 'local' AND other.state <> 'released'
       AND coalesce(other.ended_at_ms, other.at_ms + ?2) >= own.at_ms LIMIT 1`,
  );
  const samplesOf = { recipe: samples("recipe"), skill: samples("skill") };

  return {
    spent: ({ sinceMs, recipe = "", jobId, backend }) => {
      if (jobId !== undefined) return spendingOf(ofJobSince.get(jobId, recipe, sinceMs, backend ?? ""));
      return spendingOf(
        backend === undefined ? since.get(sinceMs, recipe) : sinceOn.get(sinceMs, recipe, backend),
      );
    },
    inLimit({ scope, sinceMs, recipe = "" }, { jobId, runId }) {
      if (scope === "job") return spendingOf(ofJob.get(jobId, recipe));
      if (scope === "run") return spendingOf(ofRun.get(runId, recipe));
      return spendingOf(since.get(sinceMs ?? 0, recipe));
    },
    isBlurred: (jobId) => blurring.get(jobId, longestTurnMs) !== undefined,
    samples: ({ backend, of, name }) =>
      (["prompt", "refinement", "variant"] as const).flatMap((turn) =>
        samplesOf[of].all(name, turn, backend).map(({ measured }) => ({ turn, credits: Number(measured) })),
      ),
  };
}

function spendingOf(row: ReturnType<StatementSync["get"]>): Spending {
  assert(row !== undefined, "a sum has a row");
  return {
    measured: Number(row["measured"]),
    unmeasured: Number(row["unmeasured"]),
    reserved: Number(row["reserved"]),
  };
}
