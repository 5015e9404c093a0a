import { resolve } from "node:path";
import type { Config } from "../../config/config.ts";
import type { Call } from "../call.ts";
import { usualRecipe } from "./usual-recipe.ts";

/** The files of the recipes that the config names for `up`, and of the one that lies here, for who asks without naming any. */
export async function recipesAtHand({ io }: Call, { up }: Config): Promise<readonly string[]> {
  const here = await usualRecipe(io.cwd);
  return [...new Set(here === undefined ? up : [...up, resolve(io.cwd, here)])];
}
