import { readFile, readdir, realpath, stat } from "node:fs/promises";
import { diskReason } from "./disk-failure.ts";

/** The folder with all links followed, or why it cannot be watched: the text goes on behind its path. */
export async function watchableFolder(
  folder: string,
): Promise<{ readonly real: string } | { readonly not: string }> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return { not: "is not there" };
  if (!found.isDirectory()) return { not: "is no folder" };
  try {
    await readdir(folder);
    return { real: await realpath(folder) };
  } catch (error) {
    return { not: `cannot be read: ${diskReason(error)}` };
  }
}

/** What is mounted where, as Linux tells it; empty elsewhere. */
export async function mountTable(): Promise<string> {
  return readFile("/proc/mounts", "utf8").catch(() => "");
}
