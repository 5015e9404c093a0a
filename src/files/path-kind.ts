import { stat } from "node:fs/promises";

/** What stands at a path; undefined where there is nothing, or nothing that can be seen. */
export async function pathKind(path: string): Promise<"file" | "folder" | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isDirectory() ? "folder" : "file";
}
