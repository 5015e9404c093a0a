import { loadRecipe, type LoadedRecipe, type LoadRequest } from "../files/load-recipe.ts";
import { scheduleProblems } from "./schedule/open-timetables.ts";

/** A recipe with all that is wrong with it as it stands. Only the calendar tells whether a cron line ever fires. */
export async function checkRecipe(request: LoadRequest): Promise<LoadedRecipe> {
  const loaded = await loadRecipe(request);
  if (loaded.recipe === undefined) return loaded;
  return { ...loaded, problems: [...loaded.problems, ...scheduleProblems([loaded.recipe])] };
}
