import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { neededPackages } from "./needed-packages.ts";
import { root } from "./root.ts";
import type { BenchRow } from "./row.ts";

const mostPackages = 30;

export const p15: BenchRow = {
  id: "P15",
  title: "what an installation brings",
  says: "The packages that the lockfile names for users, and the size of their folders and of ours.",
  rounds: 1,
  async run({ folder }) {
    const needed = neededPackages();
    const paths = needed.map(({ path }) => path);
    const scripts = needed.flatMap(({ path, hasInstallScript }) => (hasInstallScript ? [path] : []));
    const own = sizeOf(join(installPackage(folder), "../.."));
    const others = paths.reduce((sum, path) => sum + sizeOf(join(root, path)), 0);
    const size = `${mega(own)} of ours and ${mega(others)} of others`;
    return [
      { name: "packages", remark: `${paths.length}, ${size}`, met: paths.length <= mostPackages },
      {
        name: "install scripts",
        remark: scripts.length === 0 ? "none" : scripts.join(", "),
        met: scripts.length === 0,
      },
    ];
  },
};

function sizeOf(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
