import type * as z from "zod";
import type { Converted } from "../convert.ts";
import { isScalar } from "../convert.ts";
import type { Row } from "../recipe.ts";
import { kindSchemas } from "./kind-schemas.ts";
import { leaf } from "./leaf.ts";
import { isMap } from "./shapes.ts";

const row = { type: "object", additionalProperties: kindSchemas.scalar, minProperties: 1 };

/** A path, or the rows themselves. */
export const rowsSchema: z.ZodType<string | readonly Row[]> = leaf(
  readRows,
  { anyOf: [{ type: "string", minLength: 1 }, row, { type: "array", items: row, minItems: 1 }] },
  {
    description:
      "One job per row, for `${{ row.column }}`: a CSV, JSON or JSON Lines file, or a list of maps. A column named like a param sets it.",
    examples: ["products.csv"],
  },
);

function readRows(raw: unknown): Converted<string | readonly Row[]> {
  const message =
    "must be the path of a CSV, JSON or JSON Lines file, or a list of maps with one value a key";
  if (typeof raw === "string") return raw.trim() === "" ? { message } : { value: raw };
  const rows: unknown[] = Array.isArray(raw) ? raw : [raw];
  if (rows.length === 0) return { message: "must have at least one row" };
  const odd = rows.findIndex((row) => !isRow(row));
  if (odd === -1) return { value: rows as readonly Row[] };
  const what = isMap(rows[odd]) ? "has a value that is a list or a map" : "is no map";
  return { message, hint: `row ${odd + 1} ${what}: write { title: Spring, price: 12 }` };
}

const isRow = (raw: unknown): raw is Row => isMap(raw) && Object.values(raw).every(isScalar);
