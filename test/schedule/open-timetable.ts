import { createHash } from "node:crypto";
import { timetable, type CronEntry, type Timetable } from "../../src/schedule/timetable.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A timetable with the recipe language's defaults, in UTC. */
export function openTimetable(
  entry: Partial<CronEntry> & { readonly cron: string },
  recipe = "promo",
): Timetable {
  const usual = {
    timezone: "UTC",
    overlap: "skip",
    catchUp: "newest",
    withinMs: 43_200_000,
    jitterMs: 0,
    params: {},
  };
  return timetable(recipe, { ...usual, ...entry } as CronEntry, hash);
}
