import { dirname, resolve } from "node:path";
import type { Config } from "../../config/config.ts";
import { loadRecipe, type LoadedRecipe } from "../../files/load-recipe.ts";
import { pathKind } from "../../files/path-kind.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { bundledDir } from "./bundled.ts";
import type { Call } from "../call.ts";
import { configBase } from "../config-base.ts";
import { exitCodes } from "../exit-code.ts";
import { rememberSecrets } from "../notify/remember-secrets.ts";
import { problemText } from "../problem-text.ts";
import { readPairs } from "../read-pairs.ts";
import { readStdin } from "../read-stdin.ts";
import { skillsOf } from "./skills-of.ts";
import type { SortedArguments } from "./sort-arguments.ts";
import { Stop } from "../stop.ts";
import { needUsualRecipe } from "./usual-recipe.ts";

const ways =
  'nemo-recipe init writes one; nemo-recipe recipes lists ready ones; or: nemo-recipe run --prompt "a 10-second sunset"';

/**
 * The recipes that the arguments mean: none named is a bare one where prompts are given, those of the plan that the
 * run must be, or `recipe.yaml` here.
 */
export async function recipeArguments(
  { recipes }: SortedArguments,
  call: Call,
): Promise<readonly (string | undefined)[]> {
  if (recipes.length > 0) return recipes;
  if (call.flags.prompt !== undefined) return [undefined];
  const { plan } = call.flags;
  if (plan !== undefined) return (await import("../saved-plan.ts")).savedRecipes(plan, call.io.cwd);
  return [await needUsualRecipe(call.io.cwd, ways)];
}

/** Where the config file is looked for first: the folder of the first recipe that is a file. */
export async function configDir(recipes: readonly (string | undefined)[], cwd: string): Promise<string> {
  for (const recipe of recipes) {
    if (recipe === undefined || recipe === "-") continue;
    const path = resolve(cwd, recipe);
    if ((await pathKind(path)) === "file") return dirname(path);
  }
  return cwd;
}

/** Reads one recipe: its problems are told by whoever asks. */
export function loadOne(argument: string | undefined, call: Call, config: Config): Promise<LoadedRecipe> {
  const { io, flags } = call;
  const prompts = flags.prompt === undefined ? {} : { prompts: flags.prompt };
  return loadRecipe({
    ...(argument !== undefined && { argument }),
    cwd: io.cwd,
    bundledDir: bundledDir(io.root),
    readStdin: () => readStdin(io),
    overrides: { ...prompts, dir: io.cwd },
    params: readPairs(flags.param),
    knownSkills: skillsOf(config),
    ...configBase(config),
  });
}

/** Reads every recipe. All problems of all of them are shown together; one error stops the command with exit 2. */
export async function loadRecipes(
  names: readonly (string | undefined)[],
  call: Call,
  config: Config,
): Promise<readonly Recipe[]> {
  const { flags, screen } = call;
  const loaded: LoadedRecipe[] = [];
  for (const argument of names) loaded.push(await loadOne(argument, call, config));
  const problems = loaded.flatMap((one) => one.problems);
  if (problems.some(({ severity }) => severity === "error"))
    throw new Stop(exitCodes.usage, "", { problems });
  if (problems.length > 0) screen.note(problemText(problems, screen.paint));
  const recipes = loaded.flatMap(({ recipe }) =>
    recipe === undefined ? [] : [flags.preview === true ? { ...recipe, preview: true } : recipe],
  );
  for (const recipe of recipes) rememberSecrets(recipe, call);
  return recipes;
}
