import { isMediaName } from "../files/media-types.ts";
import { isTemporaryName } from "../files/temporary-name.ts";
import type { WatchBlock } from "../recipe/recipe.ts";
import { globTest } from "./glob.ts";

/** Which names a watch means. Paths are relative to the watched folder, with slashes. */
export interface NameRules {
  takes(path: string): boolean;
  /** The last name alone decides {@link takes}. */
  readonly isByName: boolean;
  /** Whether a folder is looked into; `""` is the watched folder itself. */
  enters(folder: string): boolean;
  /** Whether a file there would be found: it is taken, and every folder on its way is entered. */
  finds(path: string): boolean;
}

/** `aside` are the relative folders that are never watched: `done` and `failed`, where they lie inside. */
export function nameRules(
  { include, ignore, recursive }: Pick<WatchBlock, "include" | "ignore" | "recursive">,
  aside: readonly string[],
): NameRules {
  const included = include?.map(globTest);
  const ignored = ignore.map(globTest);
  const isHidden = (path: string): boolean => isTemporaryName(path.slice(path.lastIndexOf("/") + 1));
  const isIgnored = (path: string): boolean => isHidden(path) || ignored.some((test) => test(path));
  const takes = (path: string): boolean =>
    !isIgnored(path) && (included === undefined ? isMediaName(path) : included.some((test) => test(path)));
  const enters = (folder: string): boolean =>
    folder === "" ||
    (recursive &&
      !isIgnored(folder) &&
      !ignored.some((test) => test(`${folder}/`)) &&
      !aside.includes(folder));
  return {
    takes,
    isByName: [...(include ?? []), ...ignore].every((glob) => !glob.includes("/")),
    enters,
    finds: (path) => {
      const parts = path.split("/");
      return takes(path) && parts.every((_, depth) => enters(parts.slice(0, depth).join("/")));
    },
  };
}
