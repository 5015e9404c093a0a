import { basename, dirname } from "node:path";
import { Failure } from "../base/failure.ts";
import { nearMiss } from "../base/near-miss.ts";
import type { Row } from "../recipe/recipe.ts";
import { diskReason } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";
import { listNames } from "./list-names.ts";
import { extensionOf } from "./media-types.ts";
import { openRegular } from "./open-regular.ts";
import type { RowsOrFault } from "./rows-or-fault.ts";
import { rowsFromCsv } from "./rows-from-csv.ts";
import { rowsFromJson, rowsFromJsonLines } from "./rows-from-json.ts";

const maxBytes = 64 * 1024 * 1024;

/**
 * The rows of a CSV (`.csv`, `.tsv`), JSON or JSON Lines (`.jsonl`, `.ndjson`) file. Values of a CSV are text. Throws
 * Failure `file-unreadable` that names the file, and the line where there is one.
 */
export async function readRows(path: string): Promise<readonly Row[]> {
  return parseRows(path, await readBytes(path));
}

/** As {@link readRows}, for bytes that are read already. */
export async function parseRows(path: string, bytes: Uint8Array): Promise<readonly Row[]> {
  const parse = parsers[extensionOf(path)];
  if (parse === undefined) {
    const hint = "Name it .csv, .tsv, .json, .jsonl or .ndjson.";
    throw unreadable(`${path}: not a file of rows by its name`, hint);
  }
  const result = await parse(decode(path, bytes));
  if ("rows" in result) return result.rows;
  const place = result.line === undefined ? path : `${path}:${result.line}`;
  throw unreadable(`${place}: ${result.fault}`, result.hint ?? `Mend ${basename(path)}, and save it.`);
}

const parsers: Readonly<Record<string, (text: string) => RowsOrFault | Promise<RowsOrFault>>> = {
  csv: rowsFromCsv,
  tsv: rowsFromCsv,
  json: rowsFromJson,
  jsonl: rowsFromJsonLines,
  ndjson: rowsFromJsonLines,
};

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(`${path}: not UTF-8 text`, "Save it as UTF-8; in Excel that is “CSV UTF-8”.");
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  const file = await openRegular(path).catch(async (error: unknown): Promise<never> => {
    if (errorCode(error) === "ENOENT") throw await missing(path);
    throw unreadable(`${path}: cannot be read: ${diskReason(error)}`, "Check the path in `rows`.");
  });
  if (file === undefined) throw unreadable(`${path}: is not a file`, "Check the path in `rows`.");
  try {
    if (file.stats.size > maxBytes)
      throw unreadable(`${path}: is larger than 64 MB`, "Split it, and run the recipe once for each part.");
    return await file.handle.readFile();
  } finally {
    await file.handle.close();
  }
}

async function missing(path: string): Promise<Failure> {
  const names = (await listNames(dirname(path))).filter((name) => Object.hasOwn(parsers, extensionOf(name)));
  const near = nearMiss(basename(path), names);
  if (near !== undefined) return unreadable(`there is no file ${path}`, `Did you mean ${near}?`);
  const few = names.slice(0, 5).join(", ");
  const hint =
    names.length === 0
      ? "There is no file of rows in that folder: check the path in `rows`."
      : `There is: ${few}.`;
  return unreadable(`there is no file ${path}`, hint);
}

function unreadable(message: string, hint: string): Failure {
  return new Failure({ code: "file-unreadable", message, hint, sent: "not-sent" });
}
