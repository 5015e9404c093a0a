import { dirname, resolve } from "node:path";
import { nearMiss } from "../../base/near-miss.ts";
import type { Config } from "../../config/config.ts";
import type { Recipe, Skill } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { loadRecipes } from "../recipes/load-recipes.ts";
import { skillsOf } from "../recipes/skills-of.ts";
import { usage } from "../stop.ts";
import { recipeFile } from "./recipe-file.ts";

/** What flags and config say of every recipe: a conversation grows on it. Outputs start beside the recording. */
export async function baseRecipe(call: Call, config: Config): Promise<Recipe> {
  const { flags, io } = call;
  const withPrompt = { ...call, flags: { ...flags, prompt: ["to be said"] } };
  const [recipe] = await loadRecipes([undefined], withPrompt, config);
  if (recipe === undefined) throw usage("the config does not let a recipe be made.");
  const { record, skill } = flags;
  const dir = record === undefined ? recipe.dir : dirname(resolve(io.cwd, recipeFile(record)));
  return { ...recipe, dir, ...(skill !== undefined && { skill: skillNamed(skill, config) }) };
}

function skillNamed(name: string, config: Config): Skill {
  const known = skillsOf(config);
  const version = Object.hasOwn(known, name) ? known[name] : undefined;
  if (version !== undefined) return { name, version };
  const near = nearMiss(name, Object.keys(known));
  const hint = near === undefined ? `known: ${Object.keys(known).join(", ")}` : `did you mean "${near}"?`;
  throw usage(`there is no skill "${name}"`, hint);
}
