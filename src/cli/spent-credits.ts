import type { Journal } from "../executor/ports.ts";

export interface Spent {
  readonly today: number;
  readonly month: number;
  /** Turns of this month whose cost could not be measured. */
  readonly unmeasured: number;
}

/** What this machine spent by its own clock and calendar, as far as it could be measured. Previews cost nothing. */
export async function spentCredits(journal: Journal, nowMs: number): Promise<Spent> {
  const day = new Date(nowMs).setHours(0, 0, 0, 0);
  const month = new Date(day).setDate(1);
  let spent: Spent = { today: 0, month: 0, unmeasured: 0 };
  for (const { jobId, updatedAtMs } of await journal.findJobs("")) {
    if (updatedAtMs < month) continue;
    let isLocal = false;
    for (const { atMs, event } of await journal.read(jobId)) {
      if (event.type === "job-planned") isLocal = event.plan.backend === "local";
      if (event.type !== "turn-settled" || isLocal || atMs < month) continue;
      const cost = event.cost ?? 0;
      spent = {
        today: spent.today + (atMs >= day ? cost : 0),
        month: spent.month + cost,
        unmeasured: spent.unmeasured + (event.cost === undefined ? 1 : 0),
      };
    }
  }
  return spent;
}
