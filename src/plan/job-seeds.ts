import type { Scalar } from "../base/json.ts";
import type { Recipe, Row } from "../recipe/recipe.ts";

/** What makes one job differ from the next before its inputs are looked at: a row and a matrix combination. */
export interface JobSeed {
  readonly row?: NamedRow;
  readonly matrix: Readonly<Record<string, Scalar>>;
}

export interface NamedRow {
  /** Its `name`, else its `id`, else its number. */
  readonly name: string;
  readonly values: Row;
}

/** Rows × matrix, one at a time, in the order they are written in; the last matrix key changes fastest. */
export function* jobSeeds(recipe: Recipe, rows: readonly Row[] | undefined): Generator<JobSeed> {
  const combinations = [...matrixCombinations(Object.entries(recipe.matrix))];
  if (rows === undefined) {
    for (const matrix of combinations) yield { matrix };
    return;
  }
  for (const [index, values] of rows.entries()) {
    const row = { name: rowName(values, index + 1), values };
    for (const matrix of combinations) yield { row, matrix };
  }
}

export function countSeeds(recipe: Recipe, rows: readonly Row[] | undefined): number {
  const lists = Object.values(recipe.matrix);
  return lists.reduce((product, list) => product * list.length, rows?.length ?? 1);
}

function* matrixCombinations(
  lists: readonly (readonly [string, readonly Scalar[]])[],
): Generator<Record<string, Scalar>> {
  const [first, ...rest] = lists;
  if (first === undefined) return yield {};
  const [name, values] = first;
  for (const value of values)
    for (const combination of matrixCombinations(rest)) yield { [name]: value, ...combination };
}

function rowName(row: Row, number: number): string {
  for (const column of ["name", "id"]) {
    const value = row[column];
    if (value !== undefined && value !== null && String(value).trim() !== "") return String(value).trim();
  }
  return String(number);
}
