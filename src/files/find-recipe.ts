import { basename, dirname, join, resolve } from "node:path";
import { nearMiss } from "../base/near-miss.ts";
import type { RecipeText } from "../recipe/parse-recipe.ts";
import type { Problem } from "../recipe/problem.ts";
import { listNames } from "./list-names.ts";
import { readRecipeText } from "./read-recipe-text.ts";

/** A recipe's text with what only the finder knows of it. */
export interface FoundRecipe extends RecipeText {
  /** Absolute path of the file; undefined for standard input. */
  readonly path?: string;
  readonly defaultName?: string;
}

export interface FindRequest {
  readonly argument?: string | undefined;
  readonly cwd: string;
  readonly bundledDir: string;
  readonly readStdin?: () => Promise<string>;
}

const usualRecipe = "recipe.yaml";

/** The recipe that an argument means: a file, `-`, a bundled recipe's name, or `recipe.yaml` here. */
export async function findRecipe(request: FindRequest): Promise<FoundRecipe | { readonly problem: Problem }> {
  const { argument = usualRecipe, cwd, readStdin } = request;
  if (argument === "-") {
    const text = readStdin === undefined ? "" : await readStdin();
    return { file: "-", dir: cwd, text, defaultName: "recipe" };
  }
  const path = resolve(cwd, argument);
  const read = await readRecipeText(path, argument);
  if ("problem" in read) return read;
  if ("text" in read) return { file: argument, dir: dirname(path), text: read.text, path };
  return (await findBundled(argument, request)) ?? { problem: await notFound(argument, request) };
}

/** A bundled recipe; its inputs and outputs are those of the folder where it is used. */
export async function findBundled(
  name: string,
  { bundledDir, cwd }: Pick<FindRequest, "bundledDir" | "cwd">,
): Promise<FoundRecipe | { readonly problem: Problem } | undefined> {
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(name)) return undefined;
  const path = join(bundledDir, `${name}.yaml`);
  const read = await readRecipeText(path, name);
  if ("problem" in read) return read;
  return "text" in read
    ? { file: `${name}.yaml`, dir: cwd, text: read.text, path, defaultName: name }
    : undefined;
}

/** The names of the bundled recipes, in natural order. */
export async function listBundled(bundledDir: string): Promise<string[]> {
  const names = await listNames(bundledDir);
  return names.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -".yaml".length));
}

async function notFound(argument: string, { cwd, bundledDir }: FindRequest): Promise<Problem> {
  const path = resolve(cwd, argument);
  const near = await nearestRecipe(argument, { folder: dirname(path), bundledDir });
  const usual = /\S\s+\S/.test(argument)
    ? `for a prompt: nemo-recipe run --prompt ${JSON.stringify(argument)}`
    : "`nemo-recipe recipes` lists the bundled ones; `nemo-recipe init` writes one";
  return {
    severity: "error",
    code: "not-found",
    message: `there is no recipe ${argument}${/[./\\]/.test(argument) ? "" : ", neither here nor among the bundled ones"}`,
    hint: near === undefined ? usual : `did you mean ${near}?`,
  };
}

interface Shelves {
  /** Absolute folder whose recipe files are looked through. */
  readonly folder: string;
  readonly bundledDir: string;
}

/** The name of a recipe file or bundled recipe that was probably meant. */
export async function nearestRecipe(
  argument: string,
  { folder, bundledDir }: Shelves,
): Promise<string | undefined> {
  const files = (await listNames(folder)).filter((name) => /\.ya?ml$/i.test(name));
  const name = basename(argument);
  const nearFile = nearMiss(name, files) ?? files.find((file) => file.replace(/\.ya?ml$/i, "") === name);
  if (nearFile === undefined) return nearMiss(name, await listBundled(bundledDir));
  return argument.slice(0, argument.length - name.length) + nearFile;
}
