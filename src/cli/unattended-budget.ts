import type { Config } from "../config/config.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop } from "./stop.ts";

/** `--max-credits` is a day's limit where nobody looks on. */
export function withDayLimit(config: Config, maxCredits: number | undefined): Config {
  const { budget } = config;
  if (maxCredits === undefined || maxCredits > (budget.perDay ?? Infinity)) return config;
  return { ...config, budget: { ...budget, perDay: maxCredits }, flagLimit: "day" };
}

/** Unattended work that pays needs a limit, since nobody is there to be asked: exit 3 without one. */
export function refuseUnlimited(config: Config, recipes: readonly Recipe[]): void {
  if (config.backend === "local" || Object.keys(config.budget).length > 0) return;
  const bare = recipes.find(({ budget }) => Object.keys(budget).length === 0);
  if (bare === undefined) return;
  throw new Stop(exitCodes.refused, `${bare.file} would spend credits unattended, and has no limit.`, {
    code: "no-budget",
    hint: "Nothing was sent. Set a budget in the recipe or the config, or --max-credits (a day's limit).",
  });
}
