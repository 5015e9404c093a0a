// Makes one file that needs no runtime: the program, the emulator and the bundled recipes.
//
//   npm run build:executable                      with Bun inside
//   npm run build:executable -- --with node       with the newest Node inside (npm ci --prefix tools/nodes brings it)
//
// A path behind that says where the file goes. Deno's compiler is not used: it downloads what it puts around the program.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";
import { newestNode } from "../test/support/runtimes.ts";

const root = join(import.meta.dirname, "..");
const entry = join(root, ".ci/executable.ts");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { with: { type: "string", default: "bun" } },
});
const outfile = resolve(positionals[0] ?? join(root, "dist", "executable", "nemo-recipe"));
mkdirSync(dirname(outfile), { recursive: true });
if (values.with === "bun") withBun();
else if (values.with === "node") await withNode();
else throw new Error(`--with ${values.with}: it is bun or node`);
console.log(outfile);

function withBun(): void {
  // A .env of somebody else's project would be in ours; minified names would be in bug reports.
  const options = [
    "--compile",
    "--asset=recipes",
    `--outfile=${outfile}`,
    "--minify-whitespace",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
  ];
  execFileSync(join(root, "node_modules", ".bin", "bun"), ["build", entry, ...options], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function withNode(): Promise<void> {
  if (!existsSync(newestNode)) throw new Error("there is no newest Node: npm ci --prefix tools/nodes");
  const work = mkdtempSync(join(tmpdir(), "nemo-executable-"));
  try {
    const main = join(work, "main.mjs");
    const bundle = await rolldown({ cwd: root, input: entry, platform: "node", external: /^node:/ });
    // Packages of the older kind ask where they lie.
    const banner = "const __dirname = import.meta.dirname, __filename = import.meta.filename;";
    await bundle.write({ file: main, format: "esm", codeSplitting: false, banner });
    await bundle.close();
    const recipes = readdirSync(join(root, "recipes")).map((name) => [
      `recipes/${name}`,
      join(root, "recipes", name),
    ]);
    const assets: unknown = Object.fromEntries(recipes);
    // As files of a file system beside the program: the program reads them as it does anywhere.
    const how = { mainFormat: "module", useVfs: true, disableExperimentalSEAWarning: true };
    writeFileSync(join(work, "sea.json"), JSON.stringify({ main, output: outfile, ...how, assets }));
    execFileSync(newestNode, ["--build-sea", join(work, "sea.json")], {
      cwd: work,
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    rmSync(work, { recursive: true });
  }
}
