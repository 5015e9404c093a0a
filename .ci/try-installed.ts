import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import info from "../package.json" with { type: "json" };
import { makesVideo, must, mustBeVideo, type EmptyFolder } from "./empty-folder.ts";

const root = join(import.meta.dirname, "..");
const tools = join(root, "node_modules", ".bin");
const npmOptions = ["--ignore-scripts", "--no-audit", "--no-fund"];

/** What each example of the library prints. */
const examples: Readonly<Record<string, { readonly args?: readonly string[]; readonly prints: RegExp }>> = {
  "parse-text": { prints: /^mine: seconds$/ },
  "check-recipe": { args: ["holiday.yaml"], prints: /^holiday\.yaml is valid$/ },
  "plan-video": { prints: /^recipe: new, 1 of 1 turns$/ },
  "make-video": { prints: /prompt\.mp4: 1000 ms$/ },
  "try-a-fault": { prints: /^exit code 0, 1 turn, \d+ credits$/ },
};

/** What else the package offers, from an ES module and from CommonJS. */
const exported = `import schema from "nemo-recipe/schemas/recipe.schema.json" with { type: "json" };
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const reel = readFileSync(require.resolve("nemo-recipe/recipes/reel.yaml"), "utf8");
console.log(typeof schema.properties.prompts, reel.includes("prompts:"), typeof require("nemo-recipe").runRecipe);
`;

/** The package as a dependency of a project: its size, its types, the library and the command on each runtime. */
export async function tryInstalled(folder: EmptyFolder, registry: string): Promise<void> {
  writeFileSync(join(folder.path, "package.json"), '{ "private": true, "type": "module" }\n');
  cpSync(join(root, "examples/library"), join(folder.path, "library"), { recursive: true });
  writeFileSync(join(folder.path, "exported.js"), exported);
  const npm = (...args: string[]): Promise<string> =>
    folder.run(["npm", ...args, ...npmOptions], { npm_config_registry: registry });
  await npm("install", info.name);
  const lock = readFileSync(join(folder.path, "node_modules/.package-lock.json"), "utf8");
  const installed = Object.values((JSON.parse(lock) as { packages: Record<string, object> }).packages);
  must(installed.length <= 30, `${installed.length} packages are installed`);
  must(!installed.some((one) => "hasInstallScript" in one), "a package runs something when it is installed");
  console.log(`installed: ${installed.length} packages`);
  await npm("install", `@types/node@${info.devDependencies["@types/node"]}`);
  await tryTypes(folder);
  for (const [name, command] of runtimes()) await tryOn(folder, name, command);
}

/** As Node resolves, and as bundlers do; declarations are checked too. */
async function tryTypes(folder: EmptyFolder): Promise<void> {
  const files = Object.keys(examples).map((name) => `library/${name}.ts`);
  must(
    readdirSync(join(folder.path, "library")).length === files.length,
    "an example of the library is not tried",
  );
  const options = ["--noEmit", "--strict", "--target", "es2024", "--types", "node"];
  const tsc = [process.execPath, join(root, "node_modules/typescript/bin/tsc"), ...options];
  const ways = [
    ["--module", "nodenext"],
    ["--module", "node20"],
    ["--module", "esnext", "--moduleResolution", "bundler"],
  ];
  for (const way of ways) await folder.run([...tsc, ...way, ...files]);
  console.log(`types: the library's examples compile in ${ways.length} ways to resolve packages`);
}

function runtimes(): [string, readonly string[]][] {
  const nodes = join(root, "tools/nodes/node_modules");
  const others = ["oldest", "newest"].flatMap((age): [string, readonly string[]][] => {
    const path = join(nodes, `node-${age}-${process.platform}-${process.arch}`, "bin/node");
    if (existsSync(path)) return [[`node, ${age}`, [path]]];
    console.log(`${age} node: not tried; npm ci --prefix tools/nodes brings it`);
    return [];
  });
  return [
    ...others,
    ["node", [process.execPath]],
    ["bun", [join(tools, "bun"), "--bun"]],
    ["deno", [join(tools, "deno"), "run", "-A"]],
  ];
}

/** A video by the command, each example of the library, and the other exports, on one runtime. */
async function tryOn(folder: EmptyFolder, name: string, command: readonly string[]): Promise<void> {
  const state = { NEMO_RECIPE_STATE_DIR: join(folder.path, name.replaceAll(/\W+/g, "-")) };
  const run = (...args: string[]): Promise<string> => folder.run([...command, ...args], state);
  const bin = "node_modules/nemo-recipe/bin/nemo-recipe.js";
  const out = ["-o", `videos-${name.replaceAll(/\W+/g, "-")}`];
  mustBeVideo(folder, await run(bin, ...makesVideo, ...out), `${name}, installed`);
  for (const [example, { args = [], prints }] of Object.entries(examples)) {
    const printed = await run(`library/${example}.ts`, ...args);
    must(prints.test(printed), `${name}, ${example}: ${printed}`);
  }
  // The next runtime has a journal of its own, and would not touch what it did not make.
  for (const made of ["out", "tried"]) rmSync(join(folder.path, made), { recursive: true });
  const printed = await run("exported.js");
  must(printed === "object true function", `${name}, exports: ${printed}`);
}
