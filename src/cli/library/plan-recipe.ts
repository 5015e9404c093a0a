import { text } from "node:stream/consumers";
import type { PlanJson } from "../../report/plan-json.ts";
import { openCall } from "./open-call.ts";
import type { RecipeRequest } from "./recipe-request.ts";
import type { RunRefused } from "./refused.ts";

/** What a run would do. Credits and bytes are numbers, paths absolute; nothing that costs was sent. */
export interface RecipePlan extends PlanJson {
  /** Why `runRecipe` would refuse the same request: a budget, the balance, or nobody's consent. Absent where it would run. */
  readonly refused?: RunRefused;
}

/**
 * Works out what `runRecipe` would do with the same request, and what it would cost. Throws RunRefused where there is no
 * plan: the recipe or the config is wrong (exitCode 2), or the service cannot be reached (1).
 */
export async function planRecipe(request: Omit<RecipeRequest, "signal">): Promise<RecipePlan> {
  const { stdout, ended, refused } = await openCall("plan", request, new AbortController().signal);
  const [printed, exitCode] = await Promise.all([text(stdout), ended]);
  if (printed === "") throw refused(exitCode);
  const plan = JSON.parse(printed) as PlanJson;
  return exitCode === 0 ? plan : { ...plan, refused: refused(exitCode) };
}
