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
  const giveBack = (key: string, end: { exitCode: number; finishedAtMs: number }): void => {
    const row = decided.get(key);
    if (row?.fate !== "started") return;
    decided.delete(key);
    const atMs = row.atMs - 1;
    const mark = `seen ${row.entry} ${atMs}`;
    decided.set(mark, { ...row, ...end, atMs, fate: "seen" });
    const others = (byEntry.get(row.entry) ?? []).filter((other) => other !== key && other !== mark);
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
      if (end === "skipped") change(keyOf(slot), { fate: "skipped" });
      else if (end.isGivenBack === true) giveBack(keyOf(slot), { exitCode: end.exitCode, finishedAtMs });
      else change(keyOf(slot), { finishedAtMs, exitCode: end.exitCode });
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
