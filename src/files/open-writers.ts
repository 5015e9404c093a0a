import { readFileSync } from "node:fs";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { isInside } from "./is-inside.ts";
import { descriptorsOf, leadsTo, processIds } from "./open-descriptors.ts";

/** More would cost more than it tells: then it counts as not known. */
const mostProcesses = 2_000;
const mostDescriptors = 20_000;
const processesAtATime = 50;
const accessMode = 3;

/**
 * Paths in `folder` that a process of this user has open for writing, as Linux tells it; undefined where nobody can
 * tell: on other systems, or with very many processes.
 */
export async function openWriters(folder: string): Promise<ReadonlySet<string> | undefined> {
  const processes = processIds();
  if (processes.length === 0 || processes.length > mostProcesses) return undefined;
  const writing = new Set<string>();
  let seen = 0;
  for (const [index, pid] of processes.entries()) {
    if (index % processesAtATime === processesAtATime - 1) await letOthersRun();
    if (Number(pid) === process.pid) continue;
    const descriptors = descriptorsOf(pid);
    seen += descriptors.length;
    if (seen > mostDescriptors) return undefined;
    for (const descriptor of descriptors) {
      const path = leadsTo(pid, descriptor);
      if (path.startsWith("/") && isInside(path, folder) && isForWriting(pid, descriptor)) writing.add(path);
    }
  }
  return writing;
}

function isForWriting(pid: string, descriptor: string): boolean {
  try {
    const info = readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, "utf8");
    const flags = /^flags:\s*([0-7]+)$/m.exec(info)?.[1];
    return flags !== undefined && (parseInt(flags, 8) & accessMode) !== 0;
  } catch {
    return false;
  }
}
