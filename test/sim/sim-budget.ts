import type { MoneyRules } from "../../src/executor/run-request.ts";
import type { BudgetLimit } from "../../src/job/budget-limit.ts";
import { seededRandom } from "../support/seeded-random.ts";

/** The one limit of a simulated story. */
export interface SimBudget {
  readonly scope: BudgetLimit["scope"];
  readonly credits: number;
}

/** No turn of the simulated service costs more. */
const reserve = 100;
const dayMs = 86_400_000;

/** Half of all stories have a limit. It is drawn apart, so that the rest of a story stays what it was. */
export function budgetOf(seed: number): SimBudget | undefined {
  const random = seededRandom(seed ^ 0x5eed);
  if (random.chance(0.5)) return undefined;
  return { scope: random.pick(["job", "run", "day", "month"]), credits: random.between(50, 900) };
}

export function rulesFor(budget: SimBudget | undefined): MoneyRules {
  const limitsFor: MoneyRules["limitsFor"] = (_job, nowMs) =>
    budget === undefined ? [] : [{ ...budget, from: "the story", sinceMs: periodOf(budget, nowMs) }];
  return { limitsFor, reserveFor: () => reserve };
}

/** When the period of a limit began in which this instant lies; 0 where it has none. */
export function periodOf({ scope }: SimBudget, atMs: number): number {
  if (scope === "day") return Math.floor(atMs / dayMs) * dayMs;
  if (scope !== "month") return 0;
  const date = new Date(atMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}
