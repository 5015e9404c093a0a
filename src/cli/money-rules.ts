import type { Config } from "../config/config.ts";
import type { MoneyRules } from "../executor/run-request.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import { budgetLimits, type SpendingPeriods } from "../job/budget-limits.ts";
import { costsFor, type RecipeFigures } from "../plan/turn-costs.ts";
import type { Recipe } from "../recipe/recipe.ts";

export interface MoneySources {
  /** `local`, or the origin of the service. */
  readonly backend: string;
  readonly config: Pick<Config, "budget" | "flagLimit">;
  /** To say where a limit was written, as far as they are known. */
  readonly recipes: readonly Pick<Recipe, "name" | "file">[];
  readonly figures: readonly RecipeFigures[];
}

/** Nothing that the local backend counts is real. */
const freeOfCharge: MoneyRules = { limitsFor: () => [], reserveFor: () => 0 };

/** The budgets of flags, config and recipes, in the machine's own calendar. */
export function moneyRules({ backend, config, recipes, figures }: MoneySources): MoneyRules {
  if (backend === "local") return freeOfCharge;
  const fileOf = new Map(recipes.map(({ name, file }) => [name, file]));
  const { budget, flagLimit } = config;
  return {
    limitsFor: ({ recipe: name, settings }, nowMs) => {
      const periods = periodsAt(nowMs);
      const from = fileOf.get(name) ?? `the recipe ${name}`;
      return [
        ...budgetLimits(budget, periods, { from: "the config" }).map((limit) =>
          limit.scope === flagLimit ? ofFlag(limit) : limit,
        ),
        ...budgetLimits(settings.budget ?? {}, periods, { from, recipe: name }),
      ];
    },
    reserveFor: (job, step) => costsFor(figures, job)[step.turn].high,
  };
}

const ofFlag = (limit: BudgetLimit): BudgetLimit => ({ ...limit, from: "--max-credits" });

/** The machine's own day and month. */
export function periodsAt(nowMs: number): SpendingPeriods {
  const dayMs = new Date(nowMs).setHours(0, 0, 0, 0);
  return { dayMs, monthMs: new Date(dayMs).setDate(1) };
}
