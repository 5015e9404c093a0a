import { stat } from "node:fs/promises";

/** Changes when the file at the path does, as far as its size and times tell; empty where there is none. */
export async function fileStamp(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? "" : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}
