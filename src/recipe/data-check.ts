import type { MapNode } from "./node.ts";
import type { RecipeData } from "./schema/whole-recipe.ts";

/** What the checks across fields look at. */
export interface DataCheck {
  readonly data: RecipeData;
  /** Fields that are not in the data because they have problems of their own. */
  readonly broken: ReadonlySet<string>;
  readonly root: MapNode;
  readonly skills: Readonly<Record<string, string>>;
}
