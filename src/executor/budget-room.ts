import type { BudgetLimit } from "../job/budget-limit.ts";
import { ifResumed } from "../job/if-resumed.ts";
import { nextAction } from "../job/next-action.ts";
import { overBudget } from "../job/over-budget.ts";
import type { JobState } from "../job/state.ts";
import type { Journal } from "./ports.ts";
import type { MoneyRules } from "./run-request.ts";

export interface RoomNeeds {
  readonly journal: Journal;
  readonly money: MoneyRules;
  readonly nowMs: number;
  /** When this run began: what was spent since is its own, as far as a look can tell. */
  readonly runStartedAtMs: number;
}

/** The first limit that has no room for the job's next turn; undefined where all have. A look, not a reservation. */
export async function fullLimit(state: JobState, needs: RoomNeeds): Promise<BudgetLimit | undefined> {
  const { journal, money, nowMs, runStartedAtMs } = needs;
  const next = nextAction(ifResumed(state));
  if (next?.type !== "send-turn") return undefined;
  const reserve = money.reserveFor(state.plan, next.step);
  for (const limit of money.limitsFor(state.plan, nowMs)) {
    const { scope, recipe, sinceMs = runStartedAtMs } = limit;
    const of = recipe === undefined ? {} : { recipe };
    const spending = await journal.spent(
      scope === "job" ? { sinceMs: 0, jobId: state.jobId } : { sinceMs, ...of },
    );
    if (overBudget(limit, { spending, reserve }) !== undefined) return limit;
  }
  return undefined;
}
