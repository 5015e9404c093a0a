import type { Budget } from "../recipe/recipe.ts";
import type { BudgetLimit } from "./budget-limit.ts";

/** Where the machine's local day and month began. */
export interface SpendingPeriods {
  readonly dayMs: number;
  readonly monthMs: number;
}

/** The limits that a budget sets, those of a recipe for its own spending alone. `from` says where it was written. */
export function budgetLimits(
  budget: Budget,
  periods: SpendingPeriods,
  { from, recipe }: { readonly from: string; readonly recipe?: string },
): BudgetLimit[] {
  const limit = (
    scope: BudgetLimit["scope"],
    credits: number | undefined,
    sinceMs?: number,
  ): BudgetLimit[] => {
    if (credits === undefined) return [];
    return [{ scope, credits, from, ...(recipe && { recipe }), ...(sinceMs !== undefined && { sinceMs }) }];
  };
  return [
    ...limit("job", budget.perJob),
    ...limit("run", budget.perRun),
    ...limit("day", budget.perDay, periods.dayMs),
    ...limit("month", budget.perMonth, periods.monthMs),
  ];
}
