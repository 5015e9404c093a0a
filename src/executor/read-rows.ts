import { Failure } from "../base/failure.ts";
import type { Paths } from "../plan/paths.ts";
import type { ProblemList } from "../plan/problem-list.ts";
import type { Recipe, Row } from "../recipe/recipe.ts";
import type { Files } from "./ports.ts";

/** A recipe's rows, `none` where it has no `rows`; undefined where they cannot be read, which is a problem then. */
export async function readRows(
  recipe: Recipe,
  {
    files,
    paths,
    problems,
  }: { readonly files: Files; readonly paths: Paths; readonly problems: ProblemList },
): Promise<readonly Row[] | "none" | undefined> {
  const { rows } = recipe;
  if (rows === undefined) return "none";
  if (isInline(rows)) return warnEmpty(rows);
  try {
    return warnEmpty(await files.readRows(paths.resolve(rows.dir, rows.path)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, hint = "`rows` is a CSV, JSON or JSON Lines file, found from the recipe's folder" } =
      error.facts;
    problems.add({ severity: "error", code: "rows-unreadable", message, hint, place: rows.place });
    return undefined;
  }

  function warnEmpty(found: readonly Row[]): readonly Row[] {
    if (found.length > 0) return found;
    const message = "`rows` has no row, so there is nothing to make";
    const place = rows !== undefined && !isInline(rows) ? { place: rows.place } : {};
    problems.add({ severity: "warning", code: "rows-empty", message, ...place });
    return found;
  }
}

function isInline(rows: NonNullable<Recipe["rows"]>): rows is readonly Row[] {
  return Array.isArray(rows);
}
