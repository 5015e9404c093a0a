import type { Config } from "../../config/config.ts";
import type { Call } from "../call.ts";
import { configDir, loadRecipes, recipeArguments } from "../recipes/load-recipes.ts";
import { settingsFor } from "../settings.ts";
import { refuseUnlimited, withDayLimit } from "../unattended-budget.ts";
import { checkOverlaps } from "./check-folders.ts";
import { watchedFolder, type WatchedFolder } from "./watched-folder.ts";

/** Recipes with the folders that they watch, as a command asked for them. */
export interface OpenWatch {
  readonly call: Call;
  readonly config: Config;
  readonly folders: readonly WatchedFolder[];
}

/** Reads config and recipes, and looks at the folders. Mistakes end the command with exit 2, no budget with 3. */
export async function openWatch(given: Call): Promise<OpenWatch> {
  const names = await recipeArguments({ recipes: given.args, inputs: [] }, given);
  const { maxCredits, ...flags } = given.flags;
  const call = { ...given, flags };
  const config = withDayLimit(await settingsFor(call, await configDir(names, call.io.cwd)), maxCredits);
  const recipes = await loadRecipes(names, call, config);
  const folders: WatchedFolder[] = [];
  for (const recipe of recipes) {
    const folder = await watchedFolder(recipe, call);
    for (const note of checkOverlaps(folder, folders))
      call.screen.note(`${call.screen.paint.yellow("warning:")} ${note}`);
    folders.push(folder);
  }
  refuseUnlimited(config, recipes);
  return { call, config, folders };
}
