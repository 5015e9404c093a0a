import type { Config } from "../config/config.ts";
import type { Account } from "../executor/ports.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import type { Recipe } from "../recipe/recipe.ts";
import type { Call } from "./call.ts";
import { exitCodes } from "./exit-code.ts";
import { configDir, loadRecipes, recipeArguments } from "./recipes/load-recipes.ts";
import { makePlan, type SlotFacts } from "./make-plan.ts";
import { openWorld, type World } from "./open-world.ts";
import { problemText } from "./problem-text.ts";
import { settingsFor } from "./settings.ts";
import { sortArguments } from "./recipes/sort-arguments.ts";
import { Stop } from "./stop.ts";

/** A run as far as it goes without spending. */
export interface Prepared {
  readonly config: Config;
  readonly recipes: readonly Recipe[];
  readonly world: World;
  readonly runId: string;
  readonly plan: RunPlan;
  readonly account?: Account;
  readonly slot?: SlotFacts;
}

export interface PrepareOptions {
  readonly balance: "always" | "when-paying";
  readonly signal?: AbortSignal;
}

export interface RecipesOrder extends PrepareOptions {
  readonly config: Config;
  readonly recipes: readonly Recipe[];
  /** Media among the arguments. */
  readonly inputs: readonly string[];
  readonly slot?: SlotFacts;
}

/**
 * Reads config and recipes, opens the world and makes the plan, then does `work` with them and closes the world.
 * Mistakes end it with exit 2 and every problem shown, before anything is sent.
 */
export async function withPlan(
  call: Call,
  options: PrepareOptions,
  work: (prepared: Prepared) => Promise<number>,
): Promise<number> {
  const sorted = await sortArguments(call.args, call.io.cwd);
  const names = await recipeArguments(sorted, call);
  const config = await settingsFor(call, await configDir(names, call.io.cwd));
  const recipes = await loadRecipes(names, call, config);
  const world = await openWorld(call, config, options.signal);
  try {
    return await work(await prepareIn(world, call, { ...options, config, recipes, inputs: sorted.inputs }));
  } finally {
    await world.close();
  }
}

/** The plan of recipes that were read before, in a world that is open and stays so. */
export async function prepareIn(world: World, call: Call, order: RecipesOrder): Promise<Prepared> {
  const { config, recipes, signal: _, ...rest } = order;
  const runId = world.newId("run");
  const made = await makePlan({ ...rest, call, config, world, recipes, runId });
  showProblems(made.plan, call);
  const { totals, notes } = made.plan;
  call.log.debug({ run: runId, backend: world.backend, ...totals, notes }, "planned");
  const { slot } = order;
  return { config, recipes, world, runId, ...made, ...(slot !== undefined && { slot }) };
}

function showProblems({ problems }: RunPlan, { screen }: Call): void {
  if (problems.some(({ severity }) => severity === "error"))
    throw new Stop(exitCodes.usage, "", { problems });
  if (problems.length > 0) screen.note(problemText(problems, screen.paint));
}
