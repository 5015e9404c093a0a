import { isAbsolute, relative, sep } from "node:path";
import { isGivenUp, type JobState } from "../../job/state.ts";
import type { PlannedJob } from "../../plan/planned-job.ts";
import { lineOfJob } from "../../plan/line-of-job.ts";
import { fieldsOfLine } from "../../recipe/fields-of-line.ts";
import { writeRecipe, type RecipeSheet } from "../../recipe/write-recipe.ts";

export interface RecipePlace {
  /** Absolute folder that the recipe is meant for. */
  readonly folder: string;
  readonly knownSkills: Readonly<Record<string, string>>;
}

/** A job as a recipe that makes the same. What a recipe cannot say stands at its head. */
export function recipeOfJob(state: JobState, { folder, knownSkills }: RecipePlace): string {
  const { plan: job } = state;
  const fields = fieldsOfLine(lineOfJob(job));
  return writeRecipe({
    name: job.recipe,
    comments: [
      whatItDid(state),
      ...(fields.isWhole
        ? []
        : ["", "A recipe cannot say all that this job did in its order: a run makes something else."]),
      ...(job.take === undefined
        ? []
        : ["", `It was take ${job.take}: a run takes the newest one for done.`]),
    ],
    skill: job.skill,
    fields,
    ...looksOf(job),
    shown: (path) => fromFolder(folder, path),
    shownOutput: (path) => outputFrom(folder, path),
    knownSkills,
  });
}

/** Nobody is to think that all of it is paid where a run would send some of it, or all. */
function whatItDid(state: JobState): string {
  const { plan, jobId, status, failure } = state;
  const job = `${plan.name} (${jobId})`;
  if (status === "finished") return `What ${job} did. Against the same inputs it is up to date.`;
  const isOver = isGivenUp(state) || failure?.code === "session-lost";
  const next = isOver
    ? "a run of this makes all of it anew, and pays for it"
    : `\`nemo-recipe resume ${jobId}\` goes on with it, and pays nothing twice`;
  return `What ${job} was to do. It is not done: ${next}.`;
}

/** A review makes its preview itself. */
function looksOf({ review, steps }: PlannedJob): Pick<RecipeSheet, "review" | "preview"> {
  if (review !== undefined) return { review };
  const isPreviewed = steps.some((step) => step.kind === "export" && step.preview === true);
  return isPreviewed ? { preview: true } : {};
}

/** With slashes on every system; absolute where there is no way. */
export function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path);
  return (isAbsolute(way) ? path : way).replaceAll(sep, "/");
}

/** Undefined outside the folder: a recipe writes nothing there. */
export function outputFrom(folder: string, path: string): string | undefined {
  const way = fromFolder(folder, path);
  return way.startsWith("../") || isAbsolute(way) ? undefined : way;
}
