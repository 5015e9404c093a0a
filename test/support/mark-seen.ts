import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { journalPath } from "../../src/cli/journal-path.ts";
import type { CronEntry } from "../../src/schedule/timetable.ts";
import { openTimetable } from "../schedule/open-timetable.ts";
import { wallClock } from "./wall-clock.ts";

/** Leaves the mark of a schedule that was first seen at some time, so that its slots since then have passed unstarted. */
export async function markSeen(
  stateDir: string,
  { recipe, atMs, ...entry }: Partial<CronEntry> & { cron: string; recipe: string; atMs: number },
): Promise<void> {
  const journal = await openJournal({ path: journalPath(stateDir), clock: wallClock(), onWarning: () => {} });
  await journal.decideSlot(openTimetable(entry, recipe).slotAt(atMs), "seen");
  await journal.close();
}
