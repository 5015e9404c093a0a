// The package as people get it: packed, installed in an empty folder, and used on each runtime; then the executable.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import info from "../package.json" with { type: "json" };

const root = join(import.meta.dirname, "..");
const tools = join(root, "node_modules", ".bin");
const app = mkdtempSync(join(tmpdir(), "nemo-package-"));
const golden = join(root, "test/golden/packed-files.txt");
// Only the empty folder's own packages are found, and nothing of the user's settings.
const env = { ...process.env, HOME: join(app, "home"), NEMO_RECIPE_STATE_DIR: join(app, "state") };
const npmEnv = { ...process.env, npm_config_loglevel: "error" };
const npmOptions = ["--ignore-scripts", "--no-audit", "--no-fund"];

function run(command: string, args: readonly string[], cwd = app): string {
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

const npm = (...args: string[]): string =>
  execFileSync("npm", args, { cwd: app, env: npmEnv, encoding: "utf8" }).trim();

/** What must hold, or the whole fails with `what`. */
function must(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

/** The names in the archive; chunks and declarations come and go with the code, so they stand as one line each. */
function packedFiles(archive: string): string {
  const names = run("tar", ["-tzf", archive]).split("\n");
  const kinds = names.map((name) =>
    name
      .replace(/^package\//, "")
      .replace(/^dist\/chunks\/.*\.js$/, "dist/chunks/*.js")
      .replace(/^dist\/.*\.d\.ts$/, "dist/**/*.d.ts"),
  );
  return `${[...new Set(kinds)].sort().join("\n")}\n`;
}

function pack(): string {
  // `npm pack` builds first, and says so on its standard output.
  execFileSync("npm", ["pack", "--silent", "--pack-destination", app], {
    cwd: root,
    env: npmEnv,
    stdio: "pipe",
  });
  const archive = join(app, `${info.name}-${info.version}.tgz`);
  const files = packedFiles(archive);
  if (process.env["UPDATE"] === "1") writeFileSync(golden, files);
  must(readFileSync(golden, "utf8") === files, `the package holds other files than ${golden}:\n${files}`);
  console.log(`packed: ${Math.round(statSync(archive).size / 1000)} kB`);
  return archive;
}

function install(archive: string): void {
  writeFileSync(join(app, "package.json"), '{ "private": true, "type": "module" }\n');
  npm("install", ...npmOptions, archive);
  const count = Object.keys(
    (JSON.parse(readFileSync(join(app, "node_modules/.package-lock.json"), "utf8")) as { packages: object })
      .packages,
  ).length;
  must(count <= 30, `${count} packages are installed`);
  console.log(`installed: ${count} packages`);
  if (!hasFfmpeg())
    npm(
      "install",
      ...npmOptions,
      `@ffmpeg-installer/ffmpeg@${info.devDependencies["@ffmpeg-installer/ffmpeg"]}`,
    );
}

function hasFfmpeg(): boolean {
  try {
    return run("ffmpeg", ["-version"]) !== "";
  } catch {
    return false;
  }
}

/** A video by the command, and each example of the library, on one runtime. */
function tryOn(name: string, command: readonly string[]): void {
  const [path = "", ...args] = command;
  const bin = join(app, "node_modules/nemo-recipe/bin/nemo-recipe.js");
  const out = `videos/${name.replaceAll(/\W+/g, "-")}`;
  const asked = ["run", "photo.heic", "--prompt", "a 1-second video", "--local", "-o", out, "--again"];
  const made = run(path, [...args, bin, ...asked]);
  must(statSync(join(app, made)).size > 10_000, `${name}: ${made} is no video`);
  const valid = run(path, [...args, "library/check-recipe.ts", "holiday.yaml"]);
  must(valid === "holiday.yaml is valid", `${name}: ${valid}`);
  const late = run(path, [...args, "library/try-a-fault.ts"]);
  must(/^exit code 0, 1 turn, \d+ credits$/.test(late), `${name}: ${late}`);
  console.log(`${name}: ${made}, library`);
}

function tryTypes(): void {
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
  npm("install", ...npmOptions, `@types/node@${info.devDependencies["@types/node"]}`);
  const examples = ["check-recipe", "make-video", "try-a-fault"].map((name) => `library/${name}.ts`);
  run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options, ...examples]);
  console.log("types: the library's examples compile, declarations checked too");
}

function tryExecutable(): void {
  const file = join(app, "nemo-recipe");
  run(process.execPath, [join(root, ".ci/build-executable.ts"), file]);
  must(run(file, ["--version"]) === info.version, "the executable's version");
  must(run(file, ["recipes"]).includes("before-after"), "the executable's recipes");
  const made = run(file, [
    "run",
    "reel",
    "photo.heic",
    "-p",
    "seconds=3",
    "--local",
    "-o",
    "videos/executable",
    "--again",
  ]);
  must(statSync(join(app, made)).size > 10_000, "the executable's video");
  console.log(`executable: ${Math.round(statSync(file).size / 1_000_000)} MB, ${made}`);
}

try {
  mkdirSync(join(app, "home"));
  cpSync(join(root, "test/fixtures/media/photo.heic"), join(app, "photo.heic"));
  cpSync(join(root, "examples/library"), join(app, "library"), { recursive: true });
  writeFileSync(join(app, "holiday.yaml"), "prompts: a 1-second video\n");
  writeFileSync(join(app, "nemo-recipe.config.yaml"), "poll: { state: 200ms, render: 2s }\n");
  install(pack());
  tryTypes();
  const nodes = join(root, "tools/nodes/node_modules");
  for (const age of ["oldest", "newest"]) {
    const path = join(nodes, `node-${age}-${process.platform}-${process.arch}`, "bin/node");
    if (existsSync(path)) tryOn(`node ${run(path, ["--version"])}`, [path]);
    else console.log(`${age} node: not tried; npm ci --prefix tools/nodes brings it`);
  }
  tryOn(`node ${process.version}`, [process.execPath]);
  tryOn("bun", [join(tools, "bun"), "--bun"]);
  tryOn("deno", [join(tools, "deno"), "run", "-A"]);
  must(run(join(tools, "bunx"), ["--bun", "nemo-recipe", "--version"]) === info.version, "bunx");
  must(run("npx", ["--no-install", "nemo-recipe", "--version"]) === info.version, "npx");
  tryExecutable();
} finally {
  rmSync(app, { recursive: true, force: true });
}
