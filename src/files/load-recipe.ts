import { resolve } from "node:path";
import type { Overrides } from "../recipe/overrides.ts";
import { parseRecipe } from "../recipe/parse-recipe.ts";
import type { RecipeText } from "../recipe/parse-recipe.ts";
import type { Problem } from "../recipe/problem.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { extendChain } from "./extend-chain.ts";
import { findRecipe } from "./find-recipe.ts";

export interface LoadRequest {
  /** A path, `-` for standard input, or a bundled recipe's name; absent: `recipe.yaml` here, or none with prompts. */
  readonly argument?: string | undefined;
  /** Absolute. */
  readonly cwd: string;
  /** Absolute folder of the bundled recipes. */
  readonly bundledDir: string;
  readonly readStdin?: () => Promise<string>;
  /** What the command line says in place of the recipe's fields. */
  readonly overrides?: Overrides;
  /** Parameters as given, for a template in `extends`. */
  readonly params?: Readonly<Record<string, string>>;
  /** Slug → version. */
  readonly knownSkills?: Readonly<Record<string, string>>;
  /** YAML of a recipe that lies beneath every other: what the config file says of fields that recipes have too. */
  readonly base?: string;
}

export interface LoadedRecipe {
  /** Absent where a problem is an error. */
  readonly recipe?: Recipe;
  readonly problems: readonly Problem[];
  /** The recipe that runs, then what it extends. */
  readonly sources: readonly RecipeText[];
}

/** Reads a recipe and all that it extends. What is wrong with the files is a Problem, never thrown. */
export async function loadRecipe(request: LoadRequest): Promise<LoadedRecipe> {
  const cwd = resolve(request.cwd);
  if (request.argument === undefined && (request.overrides?.prompts ?? []).length > 0)
    return parse([{ file: "--prompt", dir: cwd, text: "{}" }], request, "prompt");
  const found = await findRecipe({ ...request, cwd });
  if ("problem" in found) return { problems: [found.problem], sources: [] };
  const chain = await extendChain(found, { ...request, cwd });
  if ("problem" in chain) return { problems: [chain.problem], sources: chain.sources };
  return parse(chain.sources, request, found.defaultName);
}

function parse(sources: readonly RecipeText[], request: LoadRequest, defaultName?: string): LoadedRecipe {
  const { base, overrides, knownSkills } = request;
  const all = base === undefined ? sources : [...sources, { file: "config", dir: request.cwd, text: base }];
  const context = {
    ...(overrides !== undefined && { overrides }),
    ...(knownSkills !== undefined && { knownSkills }),
    ...(defaultName !== undefined && { defaultName }),
  };
  return { ...parseRecipe(all, context), sources };
}
