import { countOf } from "../base/count-of.ts";
import type { Row } from "../recipe/recipe.ts";
import type { RowsOrFault } from "./rows-or-fault.ts";

const maxRecordChars = 1024 * 1024;

interface Line {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** A table whose first line names the columns. Comma, semicolon or tab, whichever parts the header most. */
export async function rowsFromCsv(text: string): Promise<RowsOrFault> {
  const { CsvError, parse } = await import("csv-parse/sync");
  let lines: readonly Line[];
  try {
    lines = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      trim: true,
      skip_empty_lines: true,
      // A spreadsheet keeps the separators of rows that were deleted: what would be made of one is nobody's wish.
      skip_records_with_empty_values: true,
      relax_column_count: true,
      max_record_size: maxRecordChars,
    }) as unknown as readonly Line[];
  } catch (error) {
    if (error instanceof CsvError) return csvFault(error);
    throw error;
  }
  const [head, ...body] = lines;
  if (head === undefined) return { fault: "the table is empty", hint: "Its first line names the columns." };
  return faultInHeader(head) ?? rowsUnder(head.record, body);
}

/** Counted in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const header = (/^[^\n\r]*/.exec(text.trimStart())?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (sign: string): number => header.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function csvFault(error: Error): RowsOrFault {
  const line = "lines" in error && typeof error.lines === "number" ? error.lines : undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const fault = csvFaults[code] ?? error.message;
  return { fault, ...(line !== undefined && { line }) };
}

const csvFaults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "text follows a closing quotation mark; inside a value a mark is written twice",
  INVALID_OPENING_QUOTE:
    "a quotation mark stands inside a value; quote the whole value and write the mark twice",
  CSV_MAX_RECORD_SIZE: "a row is longer than a million characters",
};

function faultInHeader({ record, info }: Line): RowsOrFault | undefined {
  const line = info.lines;
  const empty = record.indexOf("");
  if (empty >= 0)
    return { fault: `column ${empty + 1} has no name`, line, hint: "Name it, or delete the column." };
  const twice = record.find((name, index) => record.indexOf(name) !== index);
  if (twice === undefined) return undefined;
  return { fault: `two columns are named "${twice}"`, line, hint: "Give each column a name of its own." };
}

function rowsUnder(names: readonly string[], body: readonly Line[]): RowsOrFault {
  const rows: Row[] = [];
  for (const { record, info } of body) {
    if (record.length !== names.length) {
      const [values, columns] = [countOf(record.length, "value"), countOf(names.length, "column")];
      const hint =
        record.length > names.length
          ? "A value with a separator in it must stand in quotation marks."
          : "A value that is empty needs its separator all the same.";
      return { fault: `${values} where the header names ${columns}`, line: info.lines, hint };
    }
    // A cell without a value is none: whoever needs one in a template is told so.
    rows.push(Object.fromEntries(names.map((name, index) => [name, record[index] || null])));
  }
  return { rows };
}
