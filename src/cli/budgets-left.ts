import type { Journal } from "../executor/ports.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import { countedCredits } from "../job/spending.ts";
import type { BudgetLeft, RunPlan } from "../plan/run-plan.ts";
import { moneyRules, type MoneySources } from "./money-rules.ts";

/** What every budget that the plan's jobs must keep has left now, each once. */
export async function budgetsLeft(
  plan: RunPlan,
  {
    journal,
    nowMs,
    ...sources
  }: Omit<MoneySources, "figures"> & { readonly journal: Journal; readonly nowMs: number },
): Promise<readonly BudgetLeft[]> {
  const { limitsFor } = moneyRules({ ...sources, figures: plan.figures });
  const limits = new Map<string, BudgetLimit>();
  for (const { job } of plan.jobs)
    for (const limit of limitsFor(job, nowMs)) limits.set(JSON.stringify(limit), limit);
  const budgets: BudgetLeft[] = [];
  for (const { sinceMs, scope, credits, from, recipe } of limits.values()) {
    const of = recipe === undefined ? {} : { recipe };
    const spent = sinceMs === undefined ? 0 : countedCredits(await journal.spent({ sinceMs, ...of }));
    budgets.push({ scope, credits, left: credits - spent, from, ...of });
  }
  return budgets;
}
