import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../base/clock.ts";

/** Clocks are set right by a little all the time. */
const slackMs = 2 * 60_000;

/** Says so where the clock stands before what is on record. The order of the events does not depend on it. */
export function warnOfClock(
  db: DatabaseSync,
  clock: Clock,
  onWarning: (message: string, hint?: string) => void,
): void {
  const newest = db.prepare("SELECT started_at_ms FROM runs ORDER BY number DESC LIMIT 1").get();
  const aheadMs = Number(newest?.["started_at_ms"] ?? 0) - clock.now();
  if (aheadMs <= slackMs) return;
  onWarning(
    `the clock stands ${Math.round(aheadMs / 60_000)} minutes before the last run on record`,
    "set it right: nothing is lost and nothing paid twice, but budgets of a day, waiting times and schedules go by it",
  );
}
