// Preloaded into the real program (node --import): gives each call that touches the disk or the network a name, and
// at the one that is asked for kills or stops the process. The program itself knows nothing of it.
//
// POINT       the name at which to act, as the log has it: `before sql COMMIT #3`
// POINT_SIGNAL SIGKILL (default) or SIGSTOP
// POINT_LOG   a file that gets each name as it is passed
// POINT_PID   a file that gets the process's id
import fs from "node:fs";
import promises from "node:fs/promises";
import type { ClientRequest, IncomingMessage } from "node:http";
import { syncBuiltinESMExports } from "node:module";

type Call = (this: unknown, ...parameters: unknown[]) => unknown;

const wanted = process.env["POINT"];
const signal = process.env["POINT_SIGNAL"] ?? "SIGKILL";
const log = process.env["POINT_LOG"] === undefined ? undefined : fs.openSync(process.env["POINT_LOG"], "a");
const { writeSync } = fs;
if (process.env["POINT_PID"] !== undefined) fs.writeFileSync(process.env["POINT_PID"], `${process.pid}`);
const counts = new Map<string, number>();

function pass(name: string): void {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  const point = `${name} #${count}`;
  if (log !== undefined) writeSync(log, `${point}\n`);
  if (point === wanted) process.kill(process.pid, signal);
}

/** Puts a point before and behind each call of a member. */
function watch(owner: object, member: string, nameOf: (parameters: readonly unknown[]) => string): void {
  const original: unknown = Reflect.get(owner, member);
  if (typeof original !== "function") return;
  const call: Call = function (...parameters) {
    const name = nameOf(parameters);
    pass(`before ${name}`);
    const result: unknown = Reflect.apply(original, this, parameters);
    if (!(result instanceof Promise)) {
      pass(`after ${name}`);
      return result;
    }
    return result.then((value: unknown) => {
      pass(`after ${name}`);
      return value;
    });
  };
  Reflect.set(owner, member, call);
}

/** Paths and ids differ from run to run; what kind of file it is does not. */
function fileKind(path: unknown): string {
  const text = String(path);
  if (text === process.cwd()) return "the folder";
  if (text.endsWith(".partial")) return "partial file";
  if (text.endsWith(".tmp")) return "temporary file";
  if (text.endsWith(".lock")) return "lock";
  return text.split(/[\\/]/).at(-1) ?? "";
}

/** Of the journal's writes the kind of event, so that a point keeps its name however often something else is written. */
let writing = "";
const eventType = /^(?:job|session|file|turn|export)-[a-z-]+$/;
function sqlName(sql: string): string {
  const statement = sql.split(";").findLast((part) => part.trim() !== "") ?? "";
  const name = `sql ${statement.trim().slice(0, 30)}`;
  if (statement.trim() !== "COMMIT") return name;
  const committed = writing;
  writing = "";
  return `${name} of ${committed}`;
}
function writeName(parameters: readonly unknown[]): string {
  const type = parameters.find((value) => typeof value === "string" && eventType.test(value));
  if (typeof type === "string") writing = type;
  return `sql write of ${writing}`;
}

const { DatabaseSync, StatementSync } = process.getBuiltinModule("node:sqlite");
watch(DatabaseSync.prototype, "exec", ([sql]) => sqlName(String(sql)));
watch(StatementSync.prototype, "run", writeName);

const handle = await promises.open(process.execPath);
const handles: unknown = Object.getPrototypeOf(handle);
await handle.close();
if (handles instanceof Object)
  for (const member of ["write", "writeFile", "sync", "datasync", "close"])
    watch(handles, member, () => `file ${member}`);
for (const member of ["open", "mkdir", "unlink"])
  watch(promises, member, ([path]) => `${member} ${fileKind(path)}`);
for (const member of ["rename", "link"]) watch(promises, member, ([, to]) => `${member} to ${fileKind(to)}`);
for (const member of ["rmSync", "mkdirSync", "fsyncSync"])
  watch(fs, member, ([path]) => `${member} ${typeof path === "string" ? fileKind(path) : ""}`);
syncBuiltinESMExports();

const http = process.getBuiltinModule("node:http");
const request = http.request.bind(http) as (...parameters: unknown[]) => ClientRequest;
http.request = ((...parameters: unknown[]) => {
  const [url, options] = parameters as [URL, { readonly method?: string }];
  const name = `${options.method} ${url.pathname.replaceAll(/\d{9,}|render_\w+/g, "ID").replace(/files\/.*/, "files/ID")}`;
  pass(`before ${name}`);
  const outgoing = request(...parameters);
  outgoing.once("finish", () => pass(`written ${name}`));
  outgoing.once("response", (incoming: IncomingMessage) => {
    pass(`answered ${name}`);
    incoming.once("end", () => pass(`heard ${name}`));
  });
  return outgoing;
}) as typeof http.request;
