import type * as sqlite from "node:sqlite";
import { Failure } from "../base/failure.ts";

export type Sqlite = typeof sqlite;

/**
 * The runtime's own SQLite, loaded when a journal is first opened. Node 22 calls it experimental in a warning that
 * would stand above every run: that one sentence is kept back, and no other.
 */
export function loadSqlite(): Sqlite {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    const text = typeof warning === "string" ? warning : warning.message;
    if (text.startsWith("SQLite is an experimental feature")) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    const loaded = process.getBuiltinModule("node:sqlite");
    if (loaded !== undefined) return loaded;
  } finally {
    process.emitWarning = emitWarning;
  }
  throw new Failure({
    code: "journal-failed",
    message: "this runtime has no node:sqlite, which keeps the journal",
    hint: "use Node 22.22 or newer, Bun 1.4 or newer, or Deno 2.9 or newer",
    sent: "not-sent",
  });
}
