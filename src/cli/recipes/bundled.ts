import { join } from "node:path";
import { listNames } from "../../files/list-names.ts";

export interface BundledRecipe {
  readonly name: string;
  readonly description: string;
}

/** The folder of the bundled recipes. */
export const bundledDir = (root: string): string => join(root, "recipes");

/** The names of the bundled recipes. */
export async function bundledNames(root: string): Promise<string[]> {
  const names = await listNames(bundledDir(root));
  return names.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -".yaml".length));
}

/** The bundled recipes with what they say of themselves. */
export async function bundledRecipes(root: string): Promise<BundledRecipe[]> {
  const { loadRecipe } = await import("../../files/load-recipe.ts");
  const dir = bundledDir(root);
  const found: BundledRecipe[] = [];
  for (const name of await bundledNames(root)) {
    const { recipe } = await loadRecipe({ argument: name, cwd: dir, bundledDir: dir });
    found.push({ name, description: recipe?.description ?? "" });
  }
  return found;
}

/** One line each, the descriptions below each other. */
export function bundledLines(recipes: readonly BundledRecipe[]): string[] {
  const width = Math.max(0, ...recipes.map(({ name }) => name.length));
  return recipes.map(({ name, description }) => `${name.padEnd(width)}  ${description}`);
}
