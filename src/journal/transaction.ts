import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in a transaction that holds the write lock from its start. All of it is kept and synced, or none. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** SQLite has already rolled back after some errors (a full disk, say), and then refuses to do it again. */
function rollBack(db: DatabaseSync): void {
  try {
    db.exec("ROLLBACK");
  } catch {
    // Nothing is open any more.
  }
}
