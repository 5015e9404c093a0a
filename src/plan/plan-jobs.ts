// plan/: Turns a Recipe, its inputs and what was made before into a Plan: jobs with names, keys, outputs, reasons, credits.
import type { Timeouts } from "../recipe/recipe.ts";
import { expandText } from "./expand.ts";
import { inputFacts } from "./input-facts.ts";
import { jobInputs, type InputAnswers, type JobInputs } from "./job-inputs.ts";
import { baseName, uniqueNames, withSuffixes } from "./job-name.ts";
import { countSeeds, jobSeeds, type JobSeed } from "./job-seeds.ts";
import type { ExportPlace } from "./export-place.ts";
import { jobSteps } from "./job-steps.ts";
import { jobParams } from "./job-params.ts";
import type { PlanContext } from "./plan-context.ts";
import type { JobSettings, PlannedJob } from "./planned-job.ts";
import { startKey } from "./step-keys.ts";
import { recipeScope, seedScope, type TemplateScope } from "./template-scope.ts";
import { wantedInputs, type WantedInput } from "./wanted-inputs.ts";

/** A job that has its name, and is worked out when it is asked for: a plan of many is never all in memory. */
export interface JobOutline {
  /** Unique among all that share `nameFor`; without the ending of a take. */
  readonly name: string;
  readonly index: number;
  readonly total: number;
  plan(take?: number): PlannedOutline;
}

export interface PlannedOutline {
  readonly job: PlannedJob;
  readonly places: readonly ExportPlace[];
}

/** A seed with its templates' names, and what it wants to upload. */
export interface SeedWish {
  readonly seed: JobSeed;
  readonly scope: TemplateScope;
  readonly wanted: readonly WantedInput[];
}

/** What each row and matrix combination wants to upload: the executor looks for it before the jobs are planned. */
export function* seedWishes(context: PlanContext): Generator<SeedWish> {
  const common = recipeScope(context);
  for (const seed of jobSeeds(context.recipe, context.rows)) {
    const params = jobParams(context, seed);
    if (params === undefined) continue;
    const scope = seedScope(common, seed, params);
    yield { seed, scope, wanted: wantedInputs(context, scope) };
  }
}

/**
 * The jobs of one recipe in order: rows × matrix × `each`. The same in gives the same out, names included. What is
 * wrong goes to the context's problems; where they hold an error, the jobs are not to be run.
 */
export function* planJobs(
  context: PlanContext,
  answers: InputAnswers,
  nameFor: (name: string) => string = uniqueNames(),
): Generator<JobOutline> {
  const total = countJobs(context, answers);
  const settings = settingsOf(context);
  let index = 0;
  for (const wish of seedWishes(context)) {
    for (const one of jobsOf(context, wish, answers)) {
      index += 1;
      const parts = [...partsOf(wish.seed), ...one.parts];
      const ending = context.run.slotAtMs === undefined ? {} : { slot: context.time.suffix };
      const name = nameFor(withSuffixes(baseName(context.recipe.name, parts), ending));
      const place = { index, total };
      const plan: JobOutline["plan"] = (take) =>
        planJob(context, { ...wish, ...one, name, ...place, settings }, take);
      yield { name, ...place, plan };
    }
  }
}

interface JobParts {
  readonly inputs: JobInputs;
  readonly scope: TemplateScope;
  /** What tells the job from others of its seed. */
  readonly parts: readonly string[];
}

function* jobsOf(context: PlanContext, wish: SeedWish, answers: InputAnswers): Generator<JobParts> {
  const { scope } = wish;
  const inputs = jobInputs(context, wish.wanted, answers);
  const { group } = context;
  const parts = group === undefined ? [] : [group.part];
  if (inputs.nothingNew) return sayNothingNew(context);
  if (context.recipe.batch === "together") {
    warnOfNoFiles(context, inputs);
    return yield { inputs, scope, parts };
  }
  if (inputs.inputs.length === 0) return sayNoInputs(context);
  if (context.recipe.batch === "sequence") return yield { inputs, scope, parts };
  for (const [position, input] of inputs.inputs.entries()) {
    const facts = inputFacts(input, position + 1, context);
    yield {
      inputs: { ...inputs, inputs: [input] },
      scope: { ...scope, input: facts },
      parts: inputs.inputs.length === 1 && group ? parts : [...parts, input.name ?? facts.stem],
    };
  }
}

/** `each` and `since` decide by the inputs how many jobs there are; all else is a product. */
function countJobs(context: PlanContext, answers: InputAnswers): number {
  const { recipe, rows } = context;
  if (recipe.batch !== "each" && !recipe.inputs.some((input) => input.since !== undefined)) {
    return countSeeds(recipe, rows);
  }
  let count = 0;
  for (const { wanted } of seedWishes(context)) {
    const { inputs, nothingNew } = jobInputs(context, wanted, answers);
    count += recipe.batch === "each" ? inputs.length : nothingNew ? 0 : 1;
  }
  return count;
}

function partsOf({ row, matrix }: JobSeed): string[] {
  return [...(row === undefined ? [] : [row.name]), ...Object.values(matrix).map(String)];
}

function planJob(
  context: PlanContext,
  outline: SeedWish & JobParts & Pick<PlannedJob, "name" | "index" | "total" | "settings">,
  take: number | undefined,
): PlannedOutline {
  const { recipe, backend, account, outDir, problems } = context;
  const { index, total, inputs, settings } = outline;
  const name = take === undefined ? outline.name : withSuffixes(outline.name, { take });
  const scope: TemplateScope = { ...outline.scope, job: { name, index, total } };
  const language =
    recipe.language === undefined ? undefined : expandText(recipe.language, { scope, problems });
  const start = startOf(context, language);
  const { places, ...line } = jobSteps(context, { inputs, scope, start });
  const job: PlannedJob = {
    name,
    index,
    total,
    recipe: recipe.name,
    ...recipeFile(context),
    backend,
    account,
    skill: recipe.skill,
    language: language ?? context.language,
    ...line,
    settings,
    outDir,
    ...(recipe.review !== undefined && { review: recipe.review }),
    ...(take !== undefined && take > 1 && { take }),
  };
  return { job, places };
}

/** The same for all jobs of a recipe. */
function settingsOf({ recipe, backend, poll }: PlanContext): JobSettings {
  const { stateMs = poll.stateMs, renderMs = poll.renderMs } = recipe.poll;
  return {
    retry: recipe.retry,
    timeouts: backend === "local" ? localTimeouts(recipe.timeouts) : recipe.timeouts,
    poll: { stateMs, renderMs },
    budget: recipe.budget,
  };
}

/** The addresses themselves are secrets, and stay out of plans. */
function recipeFile({ recipe, paths, cwd }: PlanContext): { readonly recipeFile?: string } {
  const { file, notify } = recipe;
  const isFile = file !== "-" && !file.startsWith("--");
  return isFile && notify.length > 0 ? { recipeFile: paths.resolve(cwd, file) } : {};
}

/** The local backend shows a change at once: to wait minutes for one that will not come helps nobody. */
const localChangeMs = 3_000;

function localTimeouts(timeouts: Timeouts): Timeouts {
  return { ...timeouts, changeMs: Math.min(timeouts.changeMs, localChangeMs) };
}

const starts = new WeakMap<PlanContext, Map<string | undefined, string>>();

/** The same for all jobs of a recipe in one language, so it is worked out once. */
function startOf(context: PlanContext, language: string | undefined): string {
  const known = starts.get(context) ?? new Map<string | undefined, string>();
  starts.set(context, known);
  const { backend, account, recipe, run, hash } = context;
  const slot = run.slotAtMs === undefined ? {} : { slot: String(run.slotAtMs) };
  const named = language === undefined ? {} : { language };
  const start =
    known.get(language) ?? startKey({ backend, account, skill: recipe.skill.name, ...slot, ...named }, hash);
  known.set(language, start);
  return start;
}

function sayNothingNew({ recipe, problems }: PlanContext): void {
  const place = recipe.inputs.find((input) => input.since !== undefined)?.place;
  problems.add({
    severity: "warning",
    code: "nothing-new",
    message: "`since` leaves no input: there is nothing new to make",
    ...(place && { place }),
  });
}

/** A prompt that speaks of "this photo" is paid all the same where no photo goes along. */
function warnOfNoFiles({ recipe, run, group, problems }: PlanContext, { inputs, late }: JobInputs): void {
  const isByHand = group === undefined && run.slotAtMs === undefined;
  if (recipe.watch === undefined || !isByHand || inputs.length + late.size > 0) return;
  problems.add({
    severity: "warning",
    code: "input-count",
    message: "the files of this recipe come by `watch`: without it one video is made of none",
    hint: `\`nemo-recipe watch ${recipe.file}\` makes one of each; or name files: \`nemo-recipe run ${recipe.file} photo.jpg\``,
    place: recipe.watch.place,
  });
}

function sayNoInputs({ recipe, problems }: PlanContext): void {
  // Those that were wanted have said for themselves why they are missing.
  if (recipe.inputs.length > 0 && problems.hasErrors) return;
  const place = recipe.inputs[0]?.place ?? recipe.prompts[0]?.place;
  const severity =
    recipe.inputs.length > 0 && recipe.inputs.every((input) => input.optional) ? "warning" : "error";
  problems.add({
    severity,
    code: "input-count",
    message: `\`batch: ${recipe.batch}\` makes nothing without inputs`,
    hint: "add `inputs`, or take `batch` away",
    ...(place && { place }),
  });
}
