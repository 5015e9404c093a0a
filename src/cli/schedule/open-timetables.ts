import type { Hash } from "../../base/hash.ts";
import type { Problem } from "../../recipe/problem.ts";
import type { Recipe, ScheduleEntry } from "../../recipe/recipe.ts";
import { withLine } from "../../recipe/source.ts";
import { readCronLine } from "../../schedule/cron-line.ts";
import { timetable, type Timetable } from "../../schedule/timetable.ts";
import { machineZone } from "../machine-zone.ts";

/** An entry of a recipe that can be asked for its slots. */
export interface OpenEntry {
  readonly recipe: Recipe;
  readonly entry: ScheduleEntry & { readonly timezone: string };
  readonly timetable: Timetable;
}

/** What is wrong with the recipes' schedules: what only the calendar can tell. */
export function scheduleProblems(recipes: readonly Recipe[]): Problem[] {
  return recipes.flatMap(({ schedule }) =>
    schedule.flatMap(({ cron, place }): Problem[] => {
      const reading = readCronLine(cron);
      if ("line" in reading) return [];
      return [withLine({ severity: "error", code: "bad-value", ...reading, place })];
    }),
  );
}

/** The entries that are enabled, in order. Their problems were looked for before. */
export function openTimetables(recipes: readonly Recipe[], hash: Hash): OpenEntry[] {
  const known = new Set<string>();
  return recipes.flatMap((recipe) =>
    recipe.schedule.flatMap((given): OpenEntry[] => {
      if (!given.enabled) return [];
      const entry = { ...given, timezone: given.timezone ?? machineZone() };
      const one = { recipe, entry, timetable: timetable(recipe.name, entry, hash) };
      // The same entry twice asks for the same slots.
      if (known.has(one.timetable.entry)) return [];
      known.add(one.timetable.entry);
      return [one];
    }),
  );
}

const slotsCompared = 50;

/** A slot starts once: two entries with other params that want the same one get one run, and not both. */
export function clashes(entries: readonly OpenEntry[], nowMs: number): string[] {
  const owners = new Map<string, OpenEntry>();
  const said = new Map<string, string>();
  const named = Map.groupBy(entries, ({ recipe }) => recipe.name);
  // One entry alone takes no slot from another.
  for (const one of [...named.values()].filter(({ length }) => length > 1).flat())
    for (const atMs of nextInstants(one.timetable, nowMs, slotsCompared)) {
      const slot = one.timetable.slotAt(atMs);
      const other = owners.get(`${slot.recipe} ${atMs}`);
      owners.set(`${slot.recipe} ${atMs}`, other ?? one);
      if (other === undefined || !isOther(other, one) || said.has(one.timetable.entry)) continue;
      const [first, second] = [other.entry.place.line, one.entry.place.line];
      said.set(
        one.timetable.entry,
        `${one.recipe.file}: the entries of lines ${first} and ${second} both ask for ${slot.slotId}, and a slot is one run: move one by a minute, or use rows`,
      );
    }
  return [...said.values()];
}

const isOther = (left: OpenEntry, right: OpenEntry): boolean =>
  JSON.stringify(left.entry.params) !== JSON.stringify(right.entry.params);

export function* nextInstants(of: Timetable, afterMs: number, most: number): Generator<number> {
  let atMs = of.nextAtMs(afterMs);
  for (let count = 0; count < most && atMs !== undefined; count++, atMs = of.nextAtMs(atMs)) yield atMs;
}
