import type { Scalar } from "../base/json.ts";
import type { InputFacts } from "./input-facts.ts";
import type { JobSeed } from "./job-seeds.ts";
import { envMarker } from "./masked-url.ts";
import type { PlanContext } from "./plan-context.ts";

/** What people call the row that `row` holds; no name of a template. */
export const rowName: unique symbol = Symbol("rowName");

/** The names that templates know, as far as they exist at a place. */
export type TemplateScope = {
  readonly [rowName]?: string;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly matrix: Readonly<Record<string, Scalar>>;
  readonly row: Readonly<Record<string, Scalar>>;
  readonly recipe: { readonly name: string; readonly dir: string };
  readonly run: { readonly id: string; readonly date: string; readonly time: string; readonly slot: string };
  /** Markers, never values. */
  readonly env: Readonly<Record<string, string>>;
  readonly job?: { readonly name: string; readonly index: number; readonly total: number };
  readonly input?: InputFacts;
  readonly group?: { readonly name: string };
  readonly export?: { readonly format: string; readonly index: number };
  readonly variant?: { readonly name: string };
};

/** What all jobs of a recipe have in common. */
export type RecipeScope = Omit<TemplateScope, "params" | "matrix" | "row">;

export function recipeScope(context: PlanContext): RecipeScope {
  const { recipe, run, time } = context;
  const group = context.group?.name;
  return {
    recipe: { name: recipe.name, dir: recipe.dir },
    run: { id: run.id, date: time.date, time: time.time, slot: time.instant },
    ...(group !== undefined && { group: { name: group } }),
    // One that is not set is a problem of its own: no template has to say it again.
    env: Object.fromEntries(recipe.env.map((name) => [name, envMarker(name)])),
  };
}

const noRow = {};

/** What is known of a job before it has a name and inputs. */
export function seedScope(
  common: RecipeScope,
  { matrix, row }: JobSeed,
  params: Readonly<Record<string, Scalar>>,
): TemplateScope {
  if (row === undefined) return { ...common, params, matrix, row: noRow };
  return { ...common, params, matrix, row: row.values, [rowName]: row.name };
}
