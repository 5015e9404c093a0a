// Preloaded (node --import): gives each call of a move that touches the disk a number, and kills the process at the
// one that is asked for. POINT: the number; POINT_LOG: a file that gets a line for each.
import fs from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

type Call = (this: unknown, ...parameters: unknown[]) => unknown;

const wanted = Number(process.env["POINT"] ?? -1);
const log = process.env["POINT_LOG"];
const { appendFileSync } = fs;
let count = 0;

function pass(name: string): void {
  count += 1;
  if (log !== undefined) appendFileSync(log, `${name}\n`);
  if (count === wanted) process.kill(process.pid, "SIGKILL");
}

function watch(owner: object, member: string): void {
  const original: unknown = Reflect.get(owner, member);
  if (typeof original !== "function") return;
  const call: Call = async function (...parameters) {
    pass(`before ${member}`);
    const result: unknown = await Reflect.apply(original, this, parameters);
    pass(`after ${member}`);
    return result;
  };
  Reflect.set(owner, member, call);
}

const handle = await promises.open(process.execPath);
const handles: unknown = Object.getPrototypeOf(handle);
await handle.close();
if (handles instanceof Object) for (const member of ["write", "sync"]) watch(handles, member);
for (const member of ["open", "link", "unlink", "rename", "mkdir"]) watch(promises, member);
syncBuiltinESMExports();
const { moveAside } = await import("../../src/files/move-aside.ts");
const [path = "", sha256 = "", folder = ""] = process.argv.slice(2);
await moveAside({ path, sha256 }, folder);
