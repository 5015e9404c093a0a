import type { Config } from "../../config/config.ts";
import { readBalance } from "../../executor/read-balance.ts";
import { describeJob } from "../../plan/describe-job.ts";
import { planTotals } from "../../plan/plan-totals.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import { costsFor, type RecipeFigures } from "../../plan/turn-costs.ts";
import type { Budget } from "../../recipe/recipe.ts";
import { topUpHint } from "../balance-hint.ts";
import { budgetsLeft } from "../budgets-left.ts";
import type { Call } from "../call.ts";
import { consentFor, type Consent } from "../consent.ts";
import type { StoredOrder } from "./stored-order.ts";
import type { World } from "../open-world.ts";

interface JudgeContext {
  readonly call: Call;
  readonly config: Config;
  readonly world: World;
  readonly figures: readonly RecipeFigures[];
}

/** Whether jobs of the journal may begin to spend; undefined where none of them says what it would pay for. */
export async function judgeStored(
  orders: readonly StoredOrder[],
  { call, config, world, figures }: JudgeContext,
): Promise<{ readonly plan: RunPlan; readonly consent: Consent } | undefined> {
  const jobs = orders.flatMap(({ plan, reuse }) =>
    reuse === undefined ? [] : [describeJob(plan, reuse, { notes: [], costs: costsFor(figures, plan) })],
  );
  if (jobs.length === 0) return undefined;
  const totals = planTotals(jobs);
  const asks = world.backend !== "local" && totals.paying > 0;
  const recipeBudgets = new Map(
    jobs.map(({ job }): [string, Budget] => [job.recipe, job.settings.budget ?? {}]),
  );
  const made: RunPlan = {
    recipes: [...recipeBudgets.keys()].map((name) => ({ name, file: "", concurrency: config.concurrency })),
    jobs,
    problems: [],
    totals,
    figures,
    ...(asks ? await readBalance(world.service) : { notes: [] }),
  };
  const budgets = await budgetsLeft(made, {
    backend: world.backend,
    config,
    recipes: [],
    journal: world.journal,
    nowMs: world.clock.now(),
  });
  const plan: RunPlan = { ...made, budgets };
  const account = asks ? await world.service.account() : undefined;
  const consent = consentFor({
    plan,
    backend: world.backend,
    budget: config.budget,
    recipeBudgets,
    yes: call.flags.yes === true,
    mayChoose: false,
    topUp: topUpHint(account, config.webUrl),
    ...(account !== undefined && { account }),
    nowMs: world.clock.now(),
  });
  return { plan, consent };
}
