import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { configDir, loadRecipes, recipeArguments } from "../recipes/load-recipes.ts";
import { refuseNamesakes } from "../recipes/refuse-namesakes.ts";
import { sha256 } from "../sha256.ts";
import { settingsFor } from "../settings.ts";
import { Stop, usage } from "../stop.ts";
import { refuseUnlimited, withDayLimit } from "../unattended-budget.ts";
import { wallClock } from "../wall-clock.ts";
import { clashes, openTimetables, scheduleProblems, type OpenEntry } from "./open-timetables.ts";

/** Recipes with their slots, as a command asked for them. */
export interface OpenSchedule {
  /** As it was given, but for a live view and a limit per run: many runs share the terminal and the limit. */
  readonly call: Call;
  readonly config: Config;
  readonly recipes: readonly Recipe[];
  readonly entries: readonly OpenEntry[];
}

/** Reads config and recipes. Mistakes, and recipes without a schedule, end the command with exit 2. */
export async function openSchedule(given: Call): Promise<OpenSchedule> {
  const names = await recipeArguments({ recipes: given.args, inputs: [] }, given);
  const { maxCredits, ...flags } = given.flags;
  const call = { ...given, flags, screen: { ...given.screen, live: false } };
  const config = withDayLimit(await settingsFor(call, await configDir(names, call.io.cwd)), maxCredits);
  const recipes = await loadRecipes(names, call, config);
  const problems = scheduleProblems(recipes);
  if (problems.length > 0) throw new Stop(exitCodes.usage, "", { problems });
  refuseNamesakes(recipes);
  const entries = openTimetables(recipes, sha256);
  if (entries.length === 0) throw nothingScheduled(recipes);
  for (const clash of clashes(entries, wallClock.now()))
    call.screen.note(`${call.screen.paint.yellow("warning:")} ${clash}`);
  return { call, config, recipes, entries };
}

/** Unattended work that pays needs a limit: exit 3 without one. */
export function refuseWithoutBudget({ config, entries }: OpenSchedule): void {
  refuseUnlimited(
    config,
    entries.map(({ recipe }) => recipe),
  );
}

function nothingScheduled(recipes: readonly Recipe[]): Error {
  const has = recipes.some(({ schedule }) => schedule.length > 0);
  const files = recipes.map(({ file }) => file).join(", ");
  if (has)
    return usage(
      `${files}: every entry of the schedule is disabled.`,
      "enabled: true turns one on.",
      "bad-schedule",
    );
  return usage(
    `${files}: there is no schedule.`,
    'Add one: schedule: [{ cron: "0 9 * * 1-5", timezone: Europe/Paris }]',
    "bad-schedule",
  );
}
