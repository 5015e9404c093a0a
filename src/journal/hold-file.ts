import { rmSync } from "node:fs";
import { loadSqlite } from "./load-sqlite.ts";
import { sqliteTrouble } from "./sqlite-failure.ts";

/** A file that this process holds. */
export interface HeldFile {
  /** Gives it back, and removes it. */
  remove(): void;
}

/**
 * Takes the file at `path`, made where there is none, under an exclusive lock of SQLite, which is one of the kernel's:
 * it ends with the process, however that ends, and holds while the process is stopped. Undefined where another process
 * holds it. It is never opened by other means: closing such a handle would drop SQLite's lock.
 */
export function holdFile(path: string): HeldFile | undefined {
  const { DatabaseSync } = loadSqlite();
  const file = new DatabaseSync(path);
  try {
    // In memory: else SQLite puts a second file beside the first.
    file.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    file.close();
    if (sqliteTrouble(error) === "busy") return undefined;
    throw error;
  }
  return {
    remove() {
      file.close();
      rmSync(path, { force: true });
    },
  };
}
