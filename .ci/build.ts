// Bundles src/ into dist/: split, so that a command loads only what it needs; then the types of the library.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown, type OutputChunk } from "rolldown";
import info from "../package.json" with { type: "json" };
import { bundledPackages } from "./bundled-packages.mjs";
import { pruneTypes } from "./prune-types.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
/** Big, WebAssembly, or another one on each runtime: they stay packages of their own and are loaded when needed. */
const installed = new Set(Object.keys({ ...info.dependencies, ...info.peerDependencies }));

/** What src/ imports is in one of the two lists, or the build says so. */
function isExternal(id: string, importer: string | undefined): boolean {
  if (id.startsWith("node:")) return true;
  const name = /^(?:@[^/]+\/)?[^./\\@][^/]*/.exec(id)?.[0];
  if (name === undefined || importer === undefined || /^[A-Z]:/i.test(id)) return false;
  if (installed.has(name)) return true;
  if (importer.includes("node_modules") || bundledPackages.includes(name)) return false;
  throw new Error(`${importer} imports ${name}: name it in dependencies or in .ci/bundled-packages.mjs`);
}

rmSync(dist, { recursive: true, force: true });
const build = await rolldown({
  cwd: root,
  input: { cli: "src/cli/start.ts", index: "src/index.ts" },
  platform: "node",
  external: isExternal,
  treeshake: true,
});
const { output } = await build.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  comments: { legal: true },
});
await build.close();
writeFileSync(
  join(dist, "LICENSES.txt"),
  licences(output.filter((file): file is OutputChunk => file.type === "chunk")),
);
const tsc = join(root, "node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "--project", ".ci/tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
pruneTypes(dist, "index.d.ts");

/** What was bundled keeps its licence. */
function licences(chunks: readonly OutputChunk[]): string {
  const packages = new Set(
    chunks.flatMap((chunk) => chunk.moduleIds.map(packageOf)).filter((path) => path !== undefined),
  );
  return [...packages].sort().map(licenceOf).join("\n\n----\n\n");
}

function packageOf(moduleId: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(moduleId.replaceAll("\\", "/"))?.[0];
}

function licenceOf(folder: string): string {
  const info = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text =
    file === undefined
      ? `Licence: ${info.license ?? "see its repository"}`
      : readFileSync(join(folder, file), "utf8");
  return `${info.name} ${info.version}\n\n${text.trim()}`;
}
