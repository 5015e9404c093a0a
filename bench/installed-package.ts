import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/**
 * The package as people get it: packed and unpacked below `folder`, without src/, next to the packages it needs.
 * Returns the path of its executable. Builds first where nothing is built.
 */
export function installPackage(folder: string): string {
  if (!existsSync(join(root, "dist/cli.js")))
    execFileSync("npm", ["run", "build"], { cwd: root, stdio: "pipe" });
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  execFileSync("npm", pack, { cwd: root, stdio: "pipe" });
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (archive === undefined) throw new Error("npm pack made no archive");
  execFileSync("tar", ["-xzf", archive], { cwd: folder });
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".") && !name.startsWith("nemo-recipe"))
      symlinkSync(join(root, "node_modules", name), join(modules, name));
  return join(folder, "package/bin/nemo-recipe.js");
}
