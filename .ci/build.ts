// Bundles src/ into dist/: split, so that a command loads only what it needs; then the types of the library.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown, type OutputChunk } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
/** Big, native or self-loading: they stay packages of their own and are loaded when they are needed. */
const external = [
  /^node:/,
  "undici",
  "heic-convert",
  "mediabunny",
  "pino",
  "chokidar",
  "@ffmpeg-installer/ffmpeg",
];

rmSync(dist, { recursive: true, force: true });
const build = await rolldown({
  cwd: root,
  input: { cli: "src/cli/start.ts", index: "src/index.ts" },
  platform: "node",
  external,
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
