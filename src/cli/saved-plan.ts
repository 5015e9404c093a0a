import { resolve } from "node:path";
import { canonicalJson } from "../base/json.ts";
import { pathKind } from "../files/path-kind.ts";
import { readText } from "../files/read-text.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import { planJson } from "../report/plan-json.ts";
import { exitCodes } from "./exit-code.ts";
import { Stop, usage } from "./stop.ts";

/** Writes the plan for `run --plan`. */
export async function savePlan(plan: RunPlan, file: string, cwd: string): Promise<void> {
  await writeAtomically(resolve(cwd, file), `${JSON.stringify(planJson(plan), null, 2)}\n`);
}

/** Stops with exit 3 unless every job of the plan is still the one that was saved. */
export async function compareWithSaved(plan: RunPlan, file: string, cwd: string): Promise<void> {
  const saved = savedJobs(await readText(resolve(cwd, file)), file);
  const now = new Map(planJson(plan).jobs.map((job) => [job.name, canonicalJson(job)]));
  const names = [...new Set([...saved.keys(), ...now.keys()])];
  const differing = names.filter((name) => saved.get(name) !== now.get(name));
  if (differing.length === 0) return;
  const shown =
    differing.slice(0, 5).join(", ") + (differing.length > 5 ? `, and ${differing.length - 5} more` : "");
  throw new Stop(exitCodes.refused, `the plan has changed since ${file} was saved: ${shown}`, {
    code: "plan-changed",
    hint: `Nothing was sent. Look at it again: nemo-recipe plan --save ${file}`,
  });
}

/** The recipes of a saved plan, as `run` takes them. Stops with exit 2 where they were no files. */
export async function savedRecipes(file: string, cwd: string): Promise<readonly string[]> {
  if ((await pathKind(resolve(cwd, file))) === undefined)
    throw usage(`there is no ${file}.`, "nemo-recipe plan --save writes it.", "bad-plan");
  const { recipes } = readPlan(await readText(resolve(cwd, file)), file);
  return Promise.all(
    recipes.map(async (recipe) => {
      const name = String(recipe["file"]);
      if (name === "-" || name.startsWith("--"))
        throw usage(`${file} was saved of ${name === "-" ? "standard input" : name}: give it again.`);
      const isBundled =
        /^[a-z0-9-]+\.yaml$/i.test(name) && (await pathKind(resolve(cwd, name))) === undefined;
      return isBundled ? name.slice(0, -".yaml".length) : name;
    }),
  );
}

function savedJobs(text: string, file: string): Map<string, string> {
  return new Map(readPlan(text, file).jobs.map((job) => [String(job["name"]), canonicalJson(job)]));
}

interface PlanRecords {
  readonly recipes: readonly Readonly<Record<string, unknown>>[];
  readonly jobs: readonly Readonly<Record<string, unknown>>[];
}

function readPlan(text: string, file: string): PlanRecords {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { recipes, jobs } = isRecord(value) && value["type"] === "plan" ? value : {};
  if (!Array.isArray(jobs) || !Array.isArray(recipes))
    throw usage(`${file} is no saved plan.`, "nemo-recipe plan --save writes one.", "bad-plan");
  return { recipes: recipes.filter(isRecord), jobs: jobs.filter(isRecord) };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
