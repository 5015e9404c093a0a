import type { Budget } from "../recipe/recipe.ts";
import { topUpHint } from "./balance-hint.ts";
import { consentFor, type Consent } from "./consent.ts";
import type { Flags } from "./command-line/flags.ts";
import type { Prepared } from "./prepare.ts";

/** Whether the plan may begin to spend; `mayChoose` where the command has the flags that choose among its jobs. */
export function judgePlan(
  { plan, world, config, recipes, account }: Prepared,
  flags: Flags,
  mayChoose = false,
): Consent {
  return consentFor({
    plan,
    backend: world.backend,
    budget: config.budget,
    recipeBudgets: new Map(recipes.map(({ name, budget }): [string, Budget] => [name, budget])),
    yes: flags.yes === true,
    mayChoose,
    topUp: topUpHint(account, config.webUrl),
    ...(account !== undefined && { account }),
    nowMs: world.clock.now(),
  });
}
