import { expandValue } from "../plan/expand.ts";
import type { PathAnswer } from "../plan/job-inputs.ts";
import { nameFilter } from "../plan/name-filter.ts";
import type { PlanContext } from "../plan/plan-context.ts";
import { planJobs, seedWishes } from "../plan/plan-jobs.ts";
import type { ProblemList } from "../plan/problem-list.ts";
import { runTime } from "../plan/run-time.ts";
import { isUrl } from "../plan/wanted-inputs.ts";
import type { WatchedGroup } from "../plan/watched-group.ts";
import type { Input, Recipe } from "../recipe/recipe.ts";
import { answerKey, collectInputs } from "./collect-inputs.ts";
import type { OutlinedJob } from "./group-equal.ts";
import type { PlanPorts, PlanRequest } from "./plan-request.ts";
import { readRows } from "./read-rows.ts";

/** A recipe's jobs, as far as `--only` and `--first` mean them. */
export interface OutlinedRecipe {
  readonly recipe: Recipe;
  readonly concurrency: number;
  readonly jobs: readonly OutlinedJob[];
  /** Names that `--only` does not mean. */
  readonly passedOver: readonly string[];
}

export interface OutlineWork {
  readonly request: PlanRequest;
  readonly ports: PlanPorts;
  readonly problems: ProblemList;
  readonly nameFor: (name: string) => string;
  readonly cache: Map<string, PathAnswer>;
  /** How many jobs `--first` leaves. */
  readonly left: number;
}

const defaultConcurrency = 2;

/** Reads a recipe's rows, finds its inputs, and outlines its jobs; undefined where its rows cannot be read. */
export async function outlineRecipe(
  declared: Recipe,
  work: OutlineWork,
): Promise<OutlinedRecipe | undefined> {
  const { request, ports, problems, cache, left, nameFor } = work;
  const recipe = withInputs(declared, request);
  const rows = await readRows(recipe, { files: ports.files, paths: request.paths, problems });
  if (rows === undefined) return undefined;
  const context: PlanContext = { ...contextFor(recipe, work), ...(rows !== "none" && { rows }) };
  if (request.group !== undefined) rememberGroup(recipe, request.group, cache);
  const answers = await collectInputs(context, ports, { seeds: seedsNeeded(recipe, work), cache });
  const isMeant = nameFilter(request.overrides.only ?? []);
  const passedOver: string[] = [];
  const jobs: OutlinedJob[] = [];
  const notes = recipe.batch === "sequence" ? ["in a sequence, earlier inputs stay in the session"] : [];
  for (const outline of left > 0 ? planJobs(context, answers, nameFor) : []) {
    if (isMeant(outline.name)) jobs.push({ outline, planned: outline.plan(), notes });
    else passedOver.push(outline.name);
    if (jobs.length >= left) break;
  }
  return { recipe, concurrency: concurrencyOf(context), jobs, passedOver };
}

function contextFor(recipe: Recipe, { request, ports, problems }: OutlineWork): PlanContext {
  const { run, paths, cwd, backend, account, language, poll, env, overrides } = request;
  const { outDir } = overrides;
  return {
    recipe,
    given: { flags: request.params, entry: request.entryParams ?? {} },
    env,
    run,
    time: runTime(run.slotAtMs ?? run.startedAtMs, run.timezone),
    backend,
    account,
    language,
    poll,
    outDir: outDir === undefined ? paths.resolve(recipe.dir, ".") : paths.resolve(cwd, outDir),
    cwd,
    paths,
    hash: ports.hash,
    problems,
    ...(request.group !== undefined && { group: request.group }),
    ...(request.taken !== undefined && { takenPaths: request.taken.paths }),
  };
}

/** Where one seed is one job, `--first` need not look for the inputs of the others. */
function seedsNeeded(recipe: Recipe, { request, left }: OutlineWork): number {
  const oneToOne = recipe.batch !== "each" && recipe.inputs.every((input) => input.since === undefined);
  return oneToOne && (request.overrides.only ?? []).length === 0 ? left : Infinity;
}

/** They stand in a file named after their flag. */
function withInputs(recipe: Recipe, { overrides, cwd, group }: PlanRequest): Recipe {
  const { inputs: texts = [] } = overrides;
  if (group !== undefined) return { ...recipe, inputs: groupInputs(recipe, group) };
  if (texts.length === 0) return recipe;
  const inputs = texts.map((text) => givenInput(text, cwd));
  return { ...recipe, inputs };
}

function givenInput(text: string, cwd: string): Input {
  const place = { file: "--input", line: 1, column: 1, length: text.length };
  return { ...(isUrl(text) ? { url: text } : { path: text }), optional: false, dir: cwd, place };
}

/** Each file is an input of its own, found already. */
function groupInputs({ dir, file, watch }: Recipe, { files }: WatchedGroup): Input[] {
  const place = watch?.place ?? { file, line: 1, column: 1, length: 1 };
  return files.map(({ path }) => ({ path, optional: false, dir, place }));
}

function rememberGroup(recipe: Recipe, group: WatchedGroup, cache: Map<string, PathAnswer>): void {
  for (const file of group.files)
    cache.set(answerKey({ dir: recipe.dir, pattern: file.path }), { files: [file], refused: [] });
}

function concurrencyOf(context: PlanContext): number {
  for (const { scope } of seedWishes(context)) {
    return (
      expandValue(context.recipe.concurrency, { scope, problems: context.problems }) ?? defaultConcurrency
    );
  }
  return defaultConcurrency;
}
