import { readdirSync, readlinkSync } from "node:fs";

// Memory, not a disk: nothing here can hang, and to wait for a thread would cost five times the look itself.

/** The processes of a Linux machine; none elsewhere. */
export function processIds(): readonly string[] {
  return namesIn("/proc").filter((name) => /^\d+$/.test(name));
}

/** What a process has open: of other users' processes nothing, for they keep theirs to themselves. */
export function descriptorsOf(pid: string): readonly string[] {
  return namesIn(`/proc/${pid}/fd`);
}

/** A path, or a word of the kernel's; empty where it was closed meanwhile. */
export function leadsTo(pid: string, descriptor: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return "";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
