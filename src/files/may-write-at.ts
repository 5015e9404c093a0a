import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether a file can be put there: into a folder that is there and open to us, and in the place of nothing but a file. */
export async function mayWriteAt(path: string): Promise<boolean> {
  try {
    const folder = dirname(path);
    if (!(await stat(folder)).isDirectory()) return false;
    await access(folder, constants.W_OK);
  } catch {
    return false;
  }
  const there = await stat(path).catch(() => undefined);
  return there === undefined || there.isFile();
}
