import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { neededPackages } from "./needed-packages.ts";
import { root } from "./root.ts";

/**
 * The package as people get it: packed and unpacked below `folder`, without src/, next to the packages it needs.
 * Returns the path of its executable. Builds first where the build is older than the source.
 */
export function installPackage(folder: string): string {
  if (isStale()) execFileSync("npm", ["run", "build"], { cwd: root, stdio: "pipe" });
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  execFileSync("npm", pack, { cwd: root, stdio: "pipe" });
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (archive === undefined) throw new Error("npm pack made no archive");
  execFileSync("tar", ["-xzf", archive], { cwd: folder });
  // No others: some packages load what they find beside them.
  for (const { path } of neededPackages()) {
    const link = join(folder, path);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, path), link);
  }
  return join(folder, "package/bin/nemo-recipe.js");
}

function isStale(): boolean {
  const built = join(root, "dist/cli.js");
  if (!existsSync(built)) return true;
  const builtMs = statSync(built).mtimeMs;
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true });
  return sources.some((one) => one.isFile() && statSync(join(one.parentPath, one.name)).mtimeMs > builtMs);
}
