import type { Recipe } from "../../recipe/recipe.ts";
import { usage } from "../stop.ts";

/** Files and slots are known by the recipe's name. Stops with exit 2 where two share one. */
export function refuseNamesakes(recipes: readonly Recipe[]): void {
  for (const [index, { name, file }] of recipes.entries()) {
    const other = recipes.slice(0, index).find((before) => before.name === name);
    if (other !== undefined)
      throw usage(
        `${other.file} and ${file} are both called ${name}.`,
        "Give one of them another `name`.",
        "bad-schedule",
      );
  }
}
