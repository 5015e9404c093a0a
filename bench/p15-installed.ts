import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { root } from "./root.ts";
import type { BenchRow } from "./row.ts";

const mostPackages = 30;

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

export const p15: BenchRow = {
  id: "P15",
  title: "what an installation brings",
  says: "The packages that the lockfile names for users, and the size of their folders and of ours.",
  rounds: 1,
  async run({ folder }) {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, Locked>;
    };
    const paths = reachable(lock.packages);
    const scripts = paths.filter((path) => lock.packages[path]?.hasInstallScript === true);
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

/** The folders of all packages that ours needs, looked up as Node does: in the nearest node_modules above. */
function reachable(packages: Readonly<Record<string, Locked>>): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      let above = path;
      let candidate = join(above, "node_modules", name);
      while (packages[candidate] === undefined && above !== "") {
        above = above.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, "");
        candidate = join(above, "node_modules", name);
      }
      if (found.has(candidate) || !existsSync(join(root, candidate))) continue;
      found.add(candidate);
      visit(candidate);
    }
  };
  visit("");
  return [...found];
}

function sizeOf(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
