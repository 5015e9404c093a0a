import type { MoneyRules } from "../executor/run-request.ts";
import { budgetLimits } from "../job/budget-limits.ts";
import { publishedCredits } from "../plan/estimate.ts";
import type { Budget, Recipe } from "../recipe/recipe.ts";

export interface MoneySources {
  /** `local`, or the origin of the service. */
  readonly backend: string;
  /** Of flags and config. */
  readonly budget: Budget;
  /** True where `--max-credits` set the limit of a run. */
  readonly maxCredits: boolean;
  readonly recipes: readonly Recipe[];
}

/** Nothing that the local backend counts is real. */
const freeOfCharge: MoneyRules = { limitsFor: () => [], reserveFor: () => 0 };

/** The budgets of flags, config and recipes, in the machine's own calendar. */
export function moneyRules({ backend, budget, maxCredits, recipes }: MoneySources): MoneyRules {
  if (backend === "local") return freeOfCharge;
  const byName = new Map(recipes.map((recipe) => [recipe.name, recipe]));
  const { perRun, ...others } = budget;
  const ofRun = perRun === undefined ? {} : { perRun };
  return {
    limitsFor: ({ recipe: name }, nowMs) => {
      const periods = periodsAt(nowMs);
      const own = byName.get(name);
      return [
        ...budgetLimits(ofRun, periods, { from: maxCredits ? "--max-credits" : "the config" }),
        ...budgetLimits(others, periods, { from: "the config" }),
        ...(own === undefined ? [] : budgetLimits(own.budget, periods, { from: own.file, recipe: name })),
      ];
    },
    reserveFor: (_job, step) => publishedCredits[step.turn].high,
  };
}

function periodsAt(nowMs: number): { readonly dayMs: number; readonly monthMs: number } {
  const dayMs = new Date(nowMs).setHours(0, 0, 0, 0);
  return { dayMs, monthMs: new Date(dayMs).setDate(1) };
}
