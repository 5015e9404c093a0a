import type { SlotReport } from "../../executor/ports.ts";
import { isRefused } from "../../executor/watch-group.ts";
import { runOutcome, type JobRest } from "../../executor/run-outcome.ts";

/** What `up` has counted since its start. */
export interface UpFigures {
  countRest(rest: JobRest, recipe: string): void;
  countSlot(report: SlotReport): void;
  looked(atMs: number): void;
  /** Jobs by `recipe` and `outcome`. */
  readonly jobs: readonly Counted[];
  /** Slots by `recipe` and `outcome`. */
  readonly slots: readonly Counted[];
  /** Measured credits of the jobs that came to rest. */
  readonly credits: number;
  /** When the schedules were looked at last. */
  readonly lookedAtMs: number | undefined;
}

export interface Counted {
  readonly recipe: string;
  readonly outcome: string;
  readonly count: number;
}

const outcomes = {
  succeeded: "succeeded",
  upToDate: "up-to-date",
  failed: "failed",
  needsYou: "needs-you",
  interrupted: "interrupted",
  notStarted: "held-back",
} as const;

/** Begins to count. */
export function upFigures(): UpFigures {
  const jobs = counter();
  const slots = counter();
  let credits = 0;
  let lookedAtMs: number | undefined;
  return {
    countRest(rest, recipe) {
      const { counts, credits: spent } = runOutcome([rest]);
      if (isRefused(rest)) jobs.add(recipe, "refused");
      else
        for (const [key, outcome] of Object.entries(outcomes) as [keyof typeof outcomes, string][])
          if (counts[key] === 1) jobs.add(recipe, outcome);
      credits += spent;
    },
    countSlot(report) {
      if (report.type === "slots-missed") slots.add(report.first.recipe, "missed", report.count);
      else if (report.type === "slot-skipped") slots.add(report.slot.recipe, "skipped");
      else if (report.type === "slot-finished")
        slots.add(report.slot.recipe, report.exitCode === 0 ? "succeeded" : "failed");
    },
    looked: (atMs) => void (lookedAtMs = atMs),
    get jobs() {
      return jobs.all();
    },
    get slots() {
      return slots.all();
    },
    get credits() {
      return credits;
    },
    get lookedAtMs() {
      return lookedAtMs;
    },
  };
}

function counter(): {
  add(recipe: string, outcome: string, count?: number): void;
  all(): Counted[];
} {
  const counts = new Map<string, Counted>();
  return {
    add(recipe, outcome, more = 1) {
      const key = `${recipe} ${outcome}`;
      const count = (counts.get(key)?.count ?? 0) + more;
      counts.set(key, { recipe, outcome, count });
    },
    all: () => [...counts.values()],
  };
}
