// watch-ready.ts <folder> <idle ms>: a watch on a tree, until it knows every file and would hear of the next; or what
// it takes while nothing happens for a while.
import { setTimeout as sleep } from "node:timers/promises";
import { measureHere } from "./measure-here.ts";
import { openWatch } from "./open-watch.ts";

const [root = "", idleMs = "0"] = process.argv.slice(2);
const open = async (): Promise<void> => (await openWatch(root)).started;

if (Number(idleMs) === 0) await measureHere(open);
else {
  await open();
  await sleep(5_000);
  await measureHere(() => sleep(Number(idleMs)));
}
process.exit(0);
