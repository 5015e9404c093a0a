import { realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Extends } from "../recipe/extends-of.ts";
import { extendsOf } from "../recipe/extends-of.ts";
import type { RecipeText } from "../recipe/parse-recipe.ts";
import type { Problem } from "../recipe/problem.ts";
import type { Complaint } from "../recipe/source.ts";
import { problemAt } from "../recipe/source.ts";
import type { FindRequest, FoundRecipe } from "./find-recipe.ts";
import { findBundled, nearestRecipe } from "./find-recipe.ts";
import { readRecipeText } from "./read-recipe-text.ts";

interface ChainRequest extends FindRequest {
  readonly params?: Readonly<Record<string, string>>;
}

export interface Chain {
  /** The recipe that runs, then what it extends, in order. */
  readonly sources: readonly RecipeText[];
}

const maxRecipes = 20;

/** Follows `extends` to the end. A recipe that cannot be found, and a circle, are Problems at the line that says so. */
export async function extendChain(
  first: FoundRecipe,
  request: ChainRequest,
): Promise<Chain | (Chain & { readonly problem: Problem })> {
  const chain: FoundRecipe[] = [];
  const seen = new Map<string, string>();
  for (let recipe: FoundRecipe | undefined = first; recipe !== undefined;) {
    chain.push(recipe);
    if (recipe.path !== undefined) seen.set(await identity(recipe.path), recipe.file);
    const link = extendsOf(recipe);
    if (link === undefined) break;
    const fail = (complaint: Complaint): Chain & { problem: Problem } => ({
      sources: chain,
      problem: problemAt(link.at, complaint),
    });
    if (chain.length === maxRecipes)
      return fail({ code: "extends-cycle", message: `more than ${maxRecipes} recipes extend each other` });
    const target = await targetOf(link, request);
    if ("problem" in target) return { sources: chain, ...target };
    const next = await findExtended(target.value, recipe, request);
    if (next === undefined) return fail(await missing(target.value, recipe, request));
    if ("problem" in next) return { sources: chain, ...next };
    const before = next.path === undefined ? undefined : seen.get(await identity(next.path));
    if (before !== undefined) return fail(circle(chain, before));
    recipe = next;
  }
  return { sources: chain };
}

/** Two spellings of one file have one identity. */
const identity = async (path: string): Promise<string> => realpath(path).catch(() => path);

async function targetOf(
  { target, params }: Extends,
  request: ChainRequest,
): Promise<{ readonly value: string } | { readonly problem: Problem }> {
  if (typeof target === "string") return { value: target };
  const { evaluateTemplate } = await import("../recipe/evaluate-template.ts");
  return evaluateTemplate(target, { params: { ...params, ...request.params } });
}

async function findExtended(
  target: string,
  recipe: FoundRecipe,
  request: ChainRequest,
): Promise<FoundRecipe | { readonly problem: Problem } | undefined> {
  const path = resolve(folderOf(recipe), target);
  const file = shownPath(recipe, target);
  const read = await readRecipeText(path, file);
  if ("problem" in read) return read;
  if (!("text" in read)) return findBundled(target, request);
  const isBundled = recipe.path !== undefined && dirname(path) === resolve(request.bundledDir);
  return { file, dir: isBundled ? request.cwd : dirname(path), text: read.text, path };
}

/** Where a recipe's file lies, which for a bundled one is not where its inputs are. */
const folderOf = ({ path, dir }: FoundRecipe): string => (path === undefined ? dir : dirname(path));

const shownPath = ({ file }: FoundRecipe, target: string): string =>
  file === "-" || dirname(file) === "." ? target : join(dirname(file), target);

async function missing(
  target: string,
  recipe: FoundRecipe,
  { bundledDir }: ChainRequest,
): Promise<Complaint> {
  const folder = dirname(resolve(folderOf(recipe), target));
  const near = await nearestRecipe(target, { folder, bundledDir });
  return {
    code: "extends-missing",
    message: `there is no recipe ${target} to extend`,
    hint:
      near === undefined
        ? "give a path from this recipe's folder, or a bundled recipe's name"
        : `did you mean ${near}?`,
  };
}

function circle(chain: readonly FoundRecipe[], back: string): Complaint {
  const files = chain.map(({ file }) => file);
  const around = [...files.slice(Math.max(0, files.indexOf(back))), back];
  return { code: "extends-cycle", message: `recipes extend each other in a circle: ${around.join(" → ")}` };
}
