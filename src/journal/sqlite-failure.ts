import { dirname } from "node:path";
import { Bug } from "../base/assert.ts";
import { Failure } from "../base/failure.ts";
import { Damage } from "./read-record.ts";

/** What SQLite means by an error: its primary result code, in our words. */
export type SqliteTrouble =
  | "busy"
  | "full"
  | "readonly"
  | "damaged"
  | "damaged-record"
  | "no-database"
  | "cannot-open"
  | "io"
  | "other";

const byCode: Readonly<Record<number, SqliteTrouble>> = {
  5: "busy",
  6: "busy",
  8: "readonly",
  10: "io",
  11: "damaged",
  13: "full",
  14: "cannot-open",
  26: "no-database",
};

/** SQLITE_IOERR_SHMSIZE: no room for the file that processes share the log's index by. */
const sharedMemorySize = 10 + 256 * 19;

/** Deno gives no code, only SQLite's own text. */
const byText: readonly (readonly [RegExp, SqliteTrouble])[] = [
  [/is locked|locking protocol/, "busy"],
  [/database or disk is full/, "full"],
  [/readonly database/, "readonly"],
  [/malformed/, "damaged"],
  [/not a database/, "no-database"],
  [/unable to open/, "cannot-open"],
  [/disk I\/O error/, "io"],
];

/** Reads Node's and Bun's `errcode` (an extended result code), or else the message. */
export function sqliteTrouble(error: unknown): SqliteTrouble {
  if (error instanceof Damage) return error.trouble;
  if (!isSqliteError(error)) return "other";
  const code: unknown = Reflect.get(error, "errcode");
  if (code === sharedMemorySize) return "full";
  if (typeof code === "number") return byCode[code & 0xff] ?? "other";
  return byText.find(([text]) => text.test(error.message))?.[1] ?? "other";
}

export function isSqliteError(error: unknown): error is Error {
  return error instanceof Error && Reflect.get(error, "code") === "ERR_SQLITE_ERROR";
}

const kept = "nothing was deleted; what is paid also stands on the service";
const startAnew = `${kept}. Bring the file back from a backup, or move it and its -wal file away and keep them: a new journal starts empty and would pay again for what this one knows`;

/** The Failure for an error of SQLite or of the file system, about the journal at `path`. Others stay as they are. */
export function sqliteFailure(error: unknown, path: string): unknown {
  if (error instanceof Failure || error instanceof Bug) return error;
  const [code, message, hint] = words(error, path);
  return new Failure({ code, message, hint, sent: "not-sent" }, error);
}

function words(error: unknown, path: string): ["journal-failed" | "disk-full", string, string] {
  const detail = error instanceof Error ? error.message : String(error);
  switch (isOutOfSpace(error) ? "full" : sqliteTrouble(error)) {
    case "full":
      return [
        "disk-full",
        `the disk is full: the journal ${path} could not be written`,
        `free some space, then \`${resumeWith(path)}\` goes on; nothing was sent without its record`,
      ];
    case "busy":
      return [
        "journal-failed",
        `another process keeps the journal ${path} locked`,
        `end the process that holds it (a stopped or hanging nemo-recipe?), then \`${resumeWith(path)}\` goes on`,
      ];
    case "readonly":
      return [
        "journal-failed",
        `the journal ${path} may not be written`,
        "make the file and its folder writable, or name another folder with --state-dir",
      ];
    case "no-database":
      return [
        "journal-failed",
        `${path} is no journal: its first bytes are damaged, or it is another file`,
        startAnew,
      ];
    case "damaged-record":
      return ["journal-failed", `the journal ${path} is damaged: ${detail}`, startAnew];
    case "damaged":
      return [
        "journal-failed",
        `the journal ${path} is damaged`,
        `${kept}. Save what can be read: sqlite3 "${path}" .recover | sqlite3 rescued.sqlite, then put rescued.sqlite in its place`,
      ];
    case "cannot-open":
      return [
        "journal-failed",
        `the journal ${path} cannot be opened: ${detail}`,
        "check the folder and its permissions, or name another with --state-dir",
      ];
    case "io":
      return [
        "journal-failed",
        `the disk failed under the journal ${path}: ${detail}`,
        "check the disk, and whether it is full; what was recorded before stands",
      ];
    case "other":
      return [
        "journal-failed",
        `the journal ${path} could not be used: ${detail}`,
        "check the folder and its permissions, or name another with --state-dir",
      ];
  }
}

/** Another state folder knows nothing of this work. */
function resumeWith(path: string): string {
  const folder = dirname(path);
  return `nemo-recipe resume --state-dir ${/\s/.test(folder) ? `"${folder}"` : folder}`;
}

function isOutOfSpace(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "ENOSPC" || code === "EDQUOT";
}
