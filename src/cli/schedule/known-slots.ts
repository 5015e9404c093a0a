import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import type { Call } from "../call.ts";
import { loadOne } from "../recipes/load-recipes.ts";
import { sha256 } from "../sha256.ts";
import { recipesAtHand } from "../recipes/recipes-at-hand.ts";
import { wallClock } from "../wall-clock.ts";
import { nextSlots, type NextSlot } from "./next-slots.ts";
import { openTimetables, scheduleProblems } from "./open-timetables.ts";

export interface KnownSlots {
  /** The next ones, the earliest first. */
  readonly slots: readonly NextSlot[];
  /** Recipes whose slots cannot be told, since they are wrong. */
  readonly unreadable: readonly string[];
}

/** The next slots of the recipes that the config names for `up`, and of the one that lies here. */
export async function knownSlots(call: Call, config: Config, count: number): Promise<KnownSlots> {
  const recipes: Recipe[] = [];
  const unreadable: string[] = [];
  for (const file of await recipesAtHand(call, config)) {
    const { recipe } = await loadOne(file, call, config);
    if (recipe === undefined || scheduleProblems([recipe]).length > 0) unreadable.push(file);
    else recipes.push(recipe);
  }
  return { slots: nextSlots(openTimetables(recipes, sha256), wallClock.now(), count), unreadable };
}
