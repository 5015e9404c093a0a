import type { Scalar } from "../base/json.ts";
import type { Row } from "../recipe/recipe.ts";
import type { RowsOrFault } from "./rows-or-fault.ts";

/** A list of maps. */
export function rowsFromJson(text: string): RowsOrFault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return notJson(error, text);
  }
  if (!Array.isArray(value))
    return { fault: "the rows are not a list", line: 1, hint: 'Write [{ "name": "first" }, …].' };
  const rows: Row[] = [];
  for (const [index, item] of value.entries()) {
    const result = rowFrom(item);
    if (typeof result === "string") return { fault: `row ${index + 1}: ${result}`, hint: rowHint };
    rows.push(result);
  }
  return { rows };
}

/** One map a line; empty lines are passed over. */
export function rowsFromJsonLines(text: string): RowsOrFault {
  const rows: Row[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const result = rowFromLine(line);
    if (typeof result === "string") return { fault: result, line: index + 1, hint: rowHint };
    rows.push(result);
  }
  return { rows };
}

const rowHint = "A row is a map from column names to text, numbers, true, false or null.";

function rowFromLine(line: string): Row | string {
  try {
    return rowFrom(JSON.parse(line));
  } catch {
    return "not valid JSON";
  }
}

/** The row, or what is wrong with it. */
function rowFrom(value: unknown): Row | string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return "not a map";
  const row: [string, Scalar][] = [];
  for (const [name, item] of Object.entries(value)) {
    if (name.trim() === "") return "a column has no name";
    if (typeof item === "object" && item !== null) return `"${name}" holds a list or a map`;
    // Beyond 2^53 JSON.parse rounds without a word, and an id would become another one.
    if (typeof item === "number" && Number.isInteger(item) && !Number.isSafeInteger(item))
      return `"${name}" is too large for a number; write it in quotation marks`;
    row.push([name, item as Scalar]);
  }
  return Object.fromEntries(row);
}

/** Runtimes tell the place in different words, or not at all. */
function notJson(error: unknown, text: string): RowsOrFault {
  const message = error instanceof Error ? error.message : "";
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return { fault: "not valid JSON" };
  return { fault: "not valid JSON", line: text.slice(0, Number(position)).split("\n").length };
}
