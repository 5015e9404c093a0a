import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./sync-folder.ts";

/** Creates the folder and its parents where they are missing, durably. */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  const first = await mkdir(path, { recursive: true, ...(mode !== undefined && { mode }) });
  if (first !== undefined) await syncFolder(dirname(first));
}
