import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import info from "../package.json" with { type: "json" };

const root = join(import.meta.dirname, "..");
const golden = join(root, "test/golden/packed-files.txt");
const env = { ...process.env, npm_config_loglevel: "error" };

/** Packs this repository into a folder, and holds what is in it against the golden list. UPDATE=1 writes that anew. */
export function packOurs(folder: string): string {
  // `npm pack` builds first, and says so on its standard output.
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root, env, stdio: "pipe" });
  const archive = join(folder, `${info.name}-${info.version}.tgz`);
  const files = packedFiles(archive);
  if (process.env["UPDATE"] === "1") writeFileSync(golden, files);
  if (readFileSync(golden, "utf8") !== files)
    throw new Error(`the package holds other files than ${golden}:\n${files}`);
  console.log(`packed: ${Math.round(statSync(archive).size / 1000)} kB`);
  return archive;
}

/** Packs packages as they lie in node_modules, by their places in the lockfile. */
export function packOthers(places: Iterable<string>, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const here = [...places].map((place) => join(root, place)).filter((path) => existsSync(path));
  const told = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, ...here],
    {
      cwd: folder,
      env,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const packed = JSON.parse(told) as { readonly filename: string }[];
  return Object.values(packed).map(({ filename }) => join(folder, filename));
}

/** The names in the archive; chunks and declarations come and go with the code, so they stand as one line each. */
function packedFiles(archive: string): string {
  const names = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" }).trim().split("\n");
  const kinds = names.map((name) =>
    name
      .replace(/^package\//, "")
      .replace(/^dist\/chunks\/.*\.js$/, "dist/chunks/*.js")
      .replace(/^dist\/.*\.d\.ts$/, "dist/**/*.d.ts"),
  );
  return `${[...new Set(kinds)].sort().join("\n")}\n`;
}
