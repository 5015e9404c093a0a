import { Failure } from "../base/failure.ts";
import type { BudgetLimit } from "./budget-limit.ts";
import { countedCredits, type Spending } from "./spending.ts";

const periods: Readonly<Record<BudgetLimit["scope"], string>> = {
  job: "a job",
  run: "a run",
  day: "a day",
  month: "a month",
};

const waits: Readonly<Record<BudgetLimit["scope"], string>> = {
  job: "",
  run: "",
  day: ", or wait until tomorrow",
  month: ", or wait until next month",
};

/** What is resumed keeps to the recipe as it was. */
const sameAgain =
  "; the same `nemo-recipe run` or `nemo-recipe watch` then goes on from here and pays nothing twice";

/**
 * The refusal of a turn that does not fit into a limit, with what is spent in it already; undefined where it fits.
 * What cannot be compared does not fit.
 */
export function overBudget(
  limit: BudgetLimit,
  { spending, reserve }: { readonly spending: Spending; readonly reserve: number },
): Failure | undefined {
  if (countedCredits(spending) + reserve <= limit.credits) return undefined;
  const { scope, credits, from, recipe } = limit;
  const whose = recipe === undefined ? "" : ` for ${recipe}`;
  const spent = [
    `${spending.measured} are spent`,
    ...(spending.unmeasured > 0 ? [`${spending.unmeasured} count for turns that could not be measured`] : []),
    ...(spending.reserved > 0 ? [`${spending.reserved} are reserved by turns that are not settled`] : []),
  ].join(", ");
  return new Failure({
    code: "over-budget",
    message: `the budget of ${credits} credits ${periods[scope]}${whose} (${from}) has no room for the next turn: ${spent}, and it may cost ${reserve}`,
    hint: `the turn was not sent; raise the limit (${from})${waits[scope]}${recipe === undefined ? "" : sameAgain}`,
    sent: "not-sent",
  });
}
