import type { Row } from "../recipe/recipe.ts";

/** Rows, or what is wrong with the text and on which of its lines. */
export type RowsOrFault =
  | { readonly rows: readonly Row[] }
  | { readonly fault: string; readonly line?: number; readonly hint?: string };
