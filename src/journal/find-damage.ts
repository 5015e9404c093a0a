import { loadSqlite } from "./load-sqlite.ts";
import { busyTimeoutMs } from "./patiently.ts";
import { Damage, readRecord } from "./read-record.ts";
import { sqliteFailure } from "./sqlite-failure.ts";

/** Reads the whole journal at `path`, which is there; throws a Failure `journal-failed` at the first damage. Changes nothing. */
export function findDamage(path: string): void {
  try {
    const db = new (loadSqlite().DatabaseSync)(path, { readOnly: true });
    try {
      db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
      const verdict = db.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
      if (verdict !== "ok") throw new Damage("damaged", String(verdict));
      for (const row of db.prepare("SELECT job_id, type, body FROM events").iterate())
        readRecord(String(row["body"]), String(row["job_id"]), String(row["type"]));
    } finally {
      db.close();
    }
  } catch (error) {
    throw sqliteFailure(error, path);
  }
}
