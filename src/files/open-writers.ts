import { readFile, readdir, readlink } from "node:fs/promises";
import { isInside } from "./is-inside.ts";

/** More would cost more than it tells: then it counts as not known. */
const mostProcesses = 2_000;
const mostDescriptors = 20_000;
const accessMode = 3;

/**
 * Paths in `folder` that a process of this user has open for writing, as Linux tells it; undefined where nobody can
 * tell: on other systems, or with very many processes.
 */
export async function openWriters(folder: string): Promise<ReadonlySet<string> | undefined> {
  const processes = (await namesIn("/proc"))?.filter((name) => /^\d+$/.test(name));
  if (processes === undefined || processes.length === 0 || processes.length > mostProcesses) return undefined;
  const writing = new Set<string>();
  let seen = 0;
  for (const pid of processes) {
    if (Number(pid) === process.pid) continue;
    // Other users' processes keep theirs to themselves.
    const descriptors = (await namesIn(`/proc/${pid}/fd`)) ?? [];
    seen += descriptors.length;
    if (seen > mostDescriptors) return undefined;
    for (const descriptor of descriptors) {
      const path = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => "");
      if (path.startsWith("/") && isInside(path, folder) && (await isForWriting(pid, descriptor)))
        writing.add(path);
    }
  }
  return writing;
}

async function isForWriting(pid: string, descriptor: string): Promise<boolean> {
  const info = await readFile(`/proc/${pid}/fdinfo/${descriptor}`, "utf8").catch(() => "");
  const flags = /^flags:\s*([0-7]+)$/m.exec(info)?.[1];
  return flags !== undefined && (parseInt(flags, 8) & accessMode) !== 0;
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  return readdir(folder).catch(() => undefined);
}
