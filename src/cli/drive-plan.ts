import type { JobQueue } from "../executor/job-queue.ts";
import type { RunOutcome } from "../executor/ports.ts";
import type { MoneyRules } from "../executor/run-request.ts";
import type { Call } from "./call.ts";
import { drive } from "./drive.ts";
import { moneyRules } from "./money-rules.ts";
import { orderOf } from "./order-of.ts";
import type { Prepared } from "./prepare.ts";

export interface Driving {
  readonly signal: AbortSignal;
  /** Shared with other runs. */
  readonly queue?: JobQueue;
  /** In place of the rules that the config and the recipes gave when they were read. */
  readonly money?: (figures: Prepared["plan"]["figures"]) => MoneyRules;
}

/** Makes what was planned and says how it ended. */
export async function drivePlan(
  call: Call,
  prepared: Prepared,
  { signal, queue, money }: Driving,
): Promise<RunOutcome> {
  const { plan, world, config, recipes, runId, slot } = prepared;
  const { flags } = call;
  const limits = new Map(plan.recipes.map(({ name, concurrency }) => [name, concurrency]));
  const audience = { config, recipes, signal, ...(slot !== undefined && { slot }) };
  return drive(
    { call, world, audience },
    {
      runId,
      orders: plan.jobs.map(orderOf),
      concurrency: {
        all: config.concurrency,
        ofRecipe: (recipe) => limits.get(recipe) ?? config.concurrency,
      },
      overwrite: flags.overwrite === true,
      money:
        money?.(plan.figures) ??
        moneyRules({
          backend: world.backend,
          config,
          recipes,
          figures: plan.figures,
        }),
      signal,
    },
    queue,
  );
}
