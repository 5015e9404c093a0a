import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pathKind } from "./path-kind.ts";
import { probeFolder } from "./probe-folder.ts";

/** Whether a file can be put there: into a folder that is there and open to us, and in the place of nothing but a file. */
export async function mayWriteAt(path: string): Promise<boolean> {
  const folder = dirname(path);
  if ((await pathKind(folder)) !== "folder") return false;
  const { refused } = await probeFolder(folder);
  if (refused !== undefined) return false;
  const there = await stat(path).catch(() => undefined);
  return there === undefined || there.isFile();
}
