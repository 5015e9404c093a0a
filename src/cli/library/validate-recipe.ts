import { resolve } from "node:path";
import type { Problem } from "../../recipe/problem.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { bundledDir } from "../recipes/bundled.ts";
import { checkRecipe } from "../recipes/check-recipe.ts";
import { packageFolder } from "./open-call.ts";
import type { RecipeRequest } from "./recipe-request.ts";

/** A recipe that was looked through. */
export interface ValidatedRecipe {
  /** True where no problem is an error; warnings may be there. */
  readonly isValid: boolean;
  /** In the order of the text; `formatProblem` shows one with its line and a caret. */
  readonly problems: readonly Problem[];
  /** Absent where it could not be read. */
  readonly recipe?: Recipe;
}

/**
 * Looks for all that is wrong with a recipe and what it extends, as `nemo-recipe validate` does: no inputs, no config, no
 * network. Mistakes are problems, never thrown.
 */
export async function validateRecipe(
  request: Pick<RecipeRequest, "recipe" | "text" | "cwd">,
): Promise<ValidatedRecipe> {
  const { recipe: named, text, cwd } = request;
  const argument = text === undefined ? named : "-";
  const { recipe, problems } = await checkRecipe({
    ...(argument !== undefined && { argument }),
    cwd: resolve(cwd ?? "."),
    bundledDir: bundledDir(packageFolder()),
    ...(text !== undefined && { readStdin: () => Promise.resolve(text) }),
  });
  const isValid = !problems.some(({ severity }) => severity === "error");
  return { isValid, problems, ...(recipe !== undefined && { recipe }) };
}
