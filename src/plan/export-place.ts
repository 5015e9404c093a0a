import type { Place } from "../recipe/problem.ts";

/** Where an export stands in the recipe, by the export's key. */
export interface ExportPlace {
  readonly key: string;
  readonly place: Place;
}

/** A job has a handful of them, and a plan a hundred thousand jobs: a list of each is smaller than a map. */
export function placeOf(key: string, places: readonly ExportPlace[]): Place | undefined {
  return places.find((one) => one.key === key)?.place;
}
