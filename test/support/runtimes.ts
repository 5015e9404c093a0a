import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A runtime that the command line can be started with. */
export interface Runtime {
  readonly name: "Node, oldest" | "Node" | "Node, newest" | "Bun" | "Deno";
  readonly path: string;
  /** What stands before the script. */
  readonly args: readonly string[];
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const machine = `${process.platform}-${process.arch}`;
const nodes = join(root, "tools", "nodes", "node_modules");

/** What `npm ci --prefix tools/nodes` brings. */
export const newestNode: string = join(nodes, `node-newest-${machine}`, "bin", "node");

const known: readonly Runtime[] = [
  { name: "Node, oldest", path: join(nodes, `node-oldest-${machine}`, "bin", "node"), args: [] },
  { name: "Node", path: process.execPath, args: [] },
  { name: "Node, newest", path: newestNode, args: [] },
  { name: "Bun", path: join(root, "node_modules", ".bin", "bun"), args: ["--bun"] },
  { name: "Deno", path: join(root, "node_modules", ".bin", "deno"), args: ["run", "-A"] },
];

/** All that are installed, and a line for each that is not. */
export function runtimesHere(): readonly Runtime[] {
  for (const { name, path } of known)
    if (!existsSync(path)) console.warn(`${name} was not tried: npm ci --prefix tools/nodes brings it`);
  return known.filter(({ path }) => existsSync(path));
}
