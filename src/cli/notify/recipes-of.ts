import type { Config } from "../../config/config.ts";
import type { PlannedJob } from "../../plan/planned-job.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { loadOne } from "../recipes/load-recipes.ts";
import { rememberSecrets } from "./remember-secrets.ts";

/** The recipes that jobs of the journal come from, as they stand now, where they named somebody to tell. */
export async function recipesOf(
  jobs: readonly PlannedJob[],
  call: Call,
  config: Config,
): Promise<readonly Recipe[]> {
  const { screen } = call;
  const names = new Set(jobs.map(({ recipe }) => recipe));
  const recipes: Recipe[] = [];
  for (const file of new Set(jobs.flatMap(({ recipeFile }) => recipeFile ?? []))) {
    const { recipe } = await loadOne(file, call, config);
    if (recipe === undefined) {
      screen.note(
        `${screen.paint.yellow("!")} ${file} cannot be read any more: those whom it names are not told`,
      );
    } else if (names.has(recipe.name)) {
      rememberSecrets(recipe, call);
      recipes.push(recipe);
    }
  }
  return recipes;
}
