import type { WatchedRecipe } from "../../executor/watch-request.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import { afterFile } from "./after-file.ts";
import { groupPlanner, moneyOf, type PlannerNeeds } from "./group-planner.ts";
import type { WatchedFolder } from "./watched-folder.ts";

/** A watched folder as the executor knows it. */
export function watchedRecipe(
  one: WatchedFolder,
  more: {
    readonly next: WatchedRecipe["next"];
    readonly leftOut?: () => number;
    readonly needs: PlannerNeeds;
    readonly sample: RunPlan;
  },
): WatchedRecipe {
  const { next, leftOut, needs, sample } = more;
  return {
    recipe: one.recipe.name,
    concurrency: sample.recipes[0]?.concurrency ?? 1,
    jobsOfGroup: sample.jobs.length,
    next,
    ...(leftOut !== undefined && { leftOut }),
    plan: groupPlanner(needs),
    money: moneyOf(sample, needs),
    after: afterFile(one, needs.call.screen),
  };
}
