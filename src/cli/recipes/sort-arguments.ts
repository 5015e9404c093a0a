import { resolve } from "node:path";
import { isMediaName } from "../../files/media-types.ts";
import { pathKind } from "../../files/path-kind.ts";
import { usage } from "../stop.ts";

export interface SortedArguments {
  /** Recipe files, `-`, or bundled names. */
  readonly recipes: readonly string[];
  /** Media files and folders, as they were written. */
  readonly inputs: readonly string[];
}

/** Tells recipes from media: what is there and is a folder or has a media name is an input, all else is a recipe. */
export async function sortArguments(args: readonly string[], cwd: string): Promise<SortedArguments> {
  const recipes: string[] = [];
  const inputs: string[] = [];
  for (const arg of args) {
    const kind = arg === "-" ? undefined : await pathKind(resolve(cwd, arg));
    if (kind === undefined && isMediaName(arg))
      throw usage(`there is no file ${arg}`, "Look at its name and folder.", "no-input");
    (kind === "folder" || (kind === "file" && isMediaName(arg)) ? inputs : recipes).push(arg);
  }
  if (recipes.filter((recipe) => recipe === "-").length > 1)
    throw usage("standard input can be one recipe only.");
  return { recipes, inputs };
}
