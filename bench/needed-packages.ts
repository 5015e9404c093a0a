import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

export interface NeededPackage {
  /** Below the repository's folder. */
  readonly path: string;
  readonly hasInstallScript: boolean;
}

/** What users get with ours by the lockfile, looked up as Node does: in the nearest node_modules above. */
export function neededPackages(): NeededPackage[] {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Record<string, Locked> };
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
  return [...found].map((path) => ({
    path,
    hasInstallScript: packages[path]?.hasInstallScript === true,
  }));
}
