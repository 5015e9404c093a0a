import type { SlotRow } from "../executor/ports.ts";
import type { SlotTable } from "./slot-table.ts";

/** The slots of the memory journal: the durable one's answers, row by row. */
export function memorySlots(): SlotTable {
  const decided = new Map<string, SlotRow>();
  const byEntry = new Map<string, string[]>();
  const change = (key: string, to: Partial<SlotRow>): void => {
    const row = decided.get(key);
    if (row?.fate === "started") decided.set(key, { ...row, ...to });
  };
  const giveBack = (key: string): void => {
    const row = decided.get(key);
    if (row?.fate !== "started") return;
    decided.delete(key);
    const atMs = row.atMs - 1;
    const mark = `seen ${row.entry} ${atMs}`;
    decided.set(mark, { ...row, atMs, fate: "seen" });
    const others = (byEntry.get(row.entry) ?? []).filter((other) => other !== key);
    byEntry.set(row.entry, [...others, mark]);
  };
  return {
    decide: (slot, fate, decidedAtMs) => {
      const key = fate === "seen" ? `seen ${slot.entry} ${slot.atMs}` : keyOf(slot);
      if (fate !== "seen" && decided.has(key)) return false;
      decided.set(key, { ...slot, fate, decidedAtMs });
      byEntry.set(slot.entry, [...(byEntry.get(slot.entry) ?? []), key]);
      return true;
    },
    finish: (slot, end, finishedAtMs) => {
      if (end === "given-back") giveBack(keyOf(slot));
      else
        change(
          keyOf(slot),
          end === "skipped" ? { fate: "skipped" } : { finishedAtMs, exitCode: end.exitCode },
        );
    },
    last: (entry, upToMs) => {
      const rows = (byEntry.get(entry) ?? []).flatMap((key) => decided.get(key) ?? []);
      return rows
        .filter(({ atMs }) => atMs <= upToMs)
        .reduce<SlotRow | undefined>(
          (last, row) => (last === undefined || row.atMs >= last.atMs ? row : last),
          undefined,
        );
    },
  };
}

const keyOf = ({ recipe, atMs }: { readonly recipe: string; readonly atMs: number }): string =>
  `${recipe}@${atMs}`;
