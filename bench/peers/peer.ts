import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Packages from the registry in a folder of their own, without their install scripts. */
export interface Peer {
  readonly folder: string;
  /** As they were installed: `axios 1.2.3`. */
  readonly versions: readonly string[];
  /** Path of a program that one of them brings. */
  bin(name: string): string;
}

const longestMs = 600_000;

export function installPeer(names: readonly string[], parent: string): Peer {
  const folder = join(parent, `peer-${names.join("-").replaceAll(/[^\w-]/g, "")}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", ...quiet, ...names], { cwd: folder, stdio: "pipe", timeout: longestMs });
  return {
    folder,
    versions: names.map((name) => `${name} ${versionOf(join(folder, "node_modules", name))}`),
    bin: (name) => join(folder, "node_modules/.bin", name),
  };
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
