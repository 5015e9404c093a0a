import type { PlannedJob } from "../plan/planned-job.ts";
import { turnCosts, type RecipeFigures } from "../plan/turn-costs.ts";
import type { Journal } from "./ports.ts";

/** What the turns of these jobs are taken to cost on a backend, by what earlier ones cost there; the local one is free. */
export async function readFigures(
  backend: string,
  jobs: readonly Pick<PlannedJob, "recipe" | "skill">[],
  journal: Pick<Journal, "costSamples">,
): Promise<RecipeFigures[]> {
  const figures: RecipeFigures[] = [];
  if (backend === "local") return figures;
  for (const { recipe, skill } of jobs) {
    if (figures.some((known) => known.recipe === recipe && known.skill === skill.name)) continue;
    const ofRecipe = await journal.costSamples({ backend, of: "recipe", name: recipe });
    const ofSkill = await journal.costSamples({ backend, of: "skill", name: skill.name });
    figures.push({ recipe, skill: skill.name, turns: turnCosts(ofRecipe, ofSkill) });
  }
  return figures;
}
