import type { ParseContext } from "../../src/recipe/parse-recipe.ts";
import { parseRecipe } from "../../src/recipe/parse-recipe.ts";
import type { Problem } from "../../src/recipe/problem.ts";
import type { Recipe } from "../../src/recipe/recipe.ts";

/** The recipe that a text is; a test that gets here with problems fails with them. */
export function recipeOf(text: string, context: ParseContext = {}): Recipe {
  const { recipe, problems } = parseRecipe([{ file: "promo.yaml", dir: "/videos", text }], context);
  if (recipe === undefined || problems.length > 0) throw new Error(problems.map(short).join("\n"));
  return recipe;
}

export function problemsOf(text: string, context: ParseContext = {}): readonly Problem[] {
  return parseRecipe([{ file: "promo.yaml", dir: "/videos", text }], context).problems;
}

/** `2:14 bad-value`. */
export function short({ place, code, severity }: Problem): string {
  const at = place === undefined ? "" : `${place.line}:${place.column} `;
  return `${at}${severity === "warning" ? "warning " : ""}${code}`;
}
