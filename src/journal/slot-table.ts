import type { DatabaseSync } from "node:sqlite";
import type { Slot } from "../base/slot.ts";
import type { SlotEnd, SlotFate, SlotRow } from "../executor/ports.ts";

/** The step that makes the table of slots. The index is the fence: whoever decides a slot first has decided it. */
export const makeSlotTable = `
  CREATE TABLE slots (
    number INTEGER PRIMARY KEY,
    slot_id TEXT NOT NULL,
    recipe TEXT NOT NULL,
    entry TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    fate TEXT NOT NULL,
    decided_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER,
    exit_code INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX slots_once ON slots (recipe, at_ms) WHERE fate <> 'seen';
  CREATE INDEX slots_by_entry ON slots (entry, at_ms);
`;

export interface SlotTable {
  /** Called inside a transaction, as the other write is. */
  decide(slot: Slot, fate: SlotFate, atMs: number): boolean;
  finish(slot: Slot, end: SlotEnd, atMs: number): void;
  last(entry: string, upToMs: number): SlotRow | undefined;
}

export function slotTable(db: DatabaseSync): SlotTable {
  const insert = db.prepare(
    `INSERT INTO slots (slot_id, recipe, entry, at_ms, fate, decided_at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const finish = db.prepare(
    "UPDATE slots SET finished_at_ms = ?, exit_code = ? WHERE recipe = ? AND at_ms = ? AND fate = 'started'",
  );
  const skip = db.prepare(
    "UPDATE slots SET fate = 'skipped' WHERE recipe = ? AND at_ms = ? AND fate = 'started'",
  );
  const forgetFormer = db.prepare(
    `DELETE FROM slots
     WHERE entry = ? AND recipe = ? AND at_ms = ? - 1 AND fate = 'seen' AND exit_code IS NOT NULL`,
  );
  const giveBack = db.prepare(
    `UPDATE slots SET fate = 'seen', at_ms = at_ms - 1, finished_at_ms = ?, exit_code = ?
     WHERE recipe = ? AND at_ms = ? AND fate = 'started'`,
  );
  const last = db.prepare(
    "SELECT * FROM slots WHERE entry = ? AND at_ms <= ? ORDER BY at_ms DESC, number DESC LIMIT 1",
  );
  return {
    decide: ({ slotId, recipe, entry, atMs }, fate, nowMs) =>
      Number(insert.run(slotId, recipe, entry, atMs, fate, nowMs).changes) === 1,
    finish: ({ recipe, entry, atMs }, end, nowMs) => {
      if (end === "skipped") skip.run(recipe, atMs);
      else if (end.isGivenBack === true) {
        forgetFormer.run(entry, recipe, atMs);
        giveBack.run(nowMs, end.exitCode, recipe, atMs);
      } else finish.run(nowMs, end.exitCode, recipe, atMs);
    },
    last: (entry, upToMs) => {
      const row = last.get(entry, upToMs);
      return row === undefined ? undefined : slotRow(row);
    },
  };
}

function slotRow(row: Readonly<Record<string, unknown>>): SlotRow {
  return {
    slotId: String(row["slot_id"]),
    recipe: String(row["recipe"]),
    entry: String(row["entry"]),
    atMs: Number(row["at_ms"]),
    fate: String(row["fate"]) as SlotFate,
    decidedAtMs: Number(row["decided_at_ms"]),
    ...(row["finished_at_ms"] !== null && { finishedAtMs: Number(row["finished_at_ms"]) }),
    ...(row["exit_code"] !== null && { exitCode: Number(row["exit_code"]) }),
  };
}
