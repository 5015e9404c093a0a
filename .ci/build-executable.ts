// Makes one file that needs no runtime: the program, the emulator and the bundled recipes. `npm run build:executable`
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const [outfile = join(root, "dist", "executable", "nemo-recipe")] = process.argv.slice(2);
mkdirSync(join(outfile, ".."), { recursive: true });
execFileSync(
  join(root, "node_modules", ".bin", "bun"),
  // A .env of somebody else's project would be in ours; minified names would be in bug reports.
  [
    "build",
    ".ci/executable.ts",
    "--compile",
    "--asset=recipes",
    `--outfile=${outfile}`,
    "--minify-whitespace",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
  ],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
console.log(outfile);
