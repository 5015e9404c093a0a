import { resolve } from "node:path";
import { pathKind } from "../../files/path-kind.ts";
import { usage } from "../stop.ts";

const fileName = "recipe.yaml";

/** The recipe that is meant where none is named; undefined where there is no such file. */
export async function usualRecipe(cwd: string): Promise<string | undefined> {
  return (await pathKind(resolve(cwd, fileName))) === "file" ? fileName : undefined;
}

/** The same for a command that can do nothing without one: `hint` says what can be done instead. */
export async function needUsualRecipe(cwd: string, hint: string): Promise<string> {
  const found = await usualRecipe(cwd);
  if (found !== undefined) return found;
  throw usage(`there is no ${fileName} here, and no recipe was named.`, hint, "no-recipe");
}
