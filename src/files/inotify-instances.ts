import { setImmediate as letOthersRun } from "node:timers/promises";
import { descriptorsOf, leadsTo, processIds } from "./open-descriptors.ts";

const link = "anon_inode:inotify";
const processesAtATime = 50;

/** How many watchers of folders this user's processes have open on Linux, as far as they may be looked at. */
export async function inotifyInstances(): Promise<number> {
  let count = 0;
  for (const [index, pid] of processIds().entries()) {
    if (index % processesAtATime === processesAtATime - 1) await letOthersRun();
    for (const descriptor of descriptorsOf(pid)) if (leadsTo(pid, descriptor) === link) count += 1;
  }
  return count;
}
