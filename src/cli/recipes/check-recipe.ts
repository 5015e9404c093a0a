import { loadRecipe, type LoadedRecipe, type LoadRequest } from "../../files/load-recipe.ts";

/** A recipe with all that is wrong with it as it stands. Only the calendar tells whether a cron line ever fires. */
export async function checkRecipe(request: LoadRequest): Promise<LoadedRecipe> {
  const loaded = await loadRecipe(request);
  if (loaded.recipe === undefined || loaded.recipe.schedule.length === 0) return loaded;
  const { scheduleProblems } = await import("../schedule/open-timetables.ts");
  return { ...loaded, problems: [...loaded.problems, ...scheduleProblems([loaded.recipe])] };
}
