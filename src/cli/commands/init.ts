import { join, relative, resolve } from "node:path";
import { nearMiss } from "../../base/near-miss.ts";
import { isEmbedded } from "../../files/is-embedded.ts";
import { readText } from "../../files/read-text.ts";
import { writeAtomically } from "../../files/write-atomically.ts";
import { ask, canAsk } from "../ask.ts";
import { bundledDir, bundledLines, bundledNames, bundledRecipes } from "../recipes/bundled.ts";
import type { Call, Command } from "../call.ts";
import { usage } from "../stop.ts";

const usual = { bundled: "image-video", file: "recipe.yaml" };
const schemaLine = /^# yaml-language-server:.*\n/m;

/** Writes a bundled recipe, comments and all, as a file of the user's own. */
export const init: Command = async (call) => {
  const { io, screen } = call;
  const { bundled, file } = await choose(call);
  const path = resolve(io.cwd, file);
  const text = await readText(join(bundledDir(io.root), `${bundled}.yaml`));
  if (!(await writeAtomically(path, withSchema(text, io.root, path), { existing: "keep" })))
    throw usage(
      `${file} is there already, and init never replaces a file.`,
      `Name another: nemo-recipe init ${bundled} my-recipe.yaml`,
    );
  screen.out(file);
  screen.note(`Next: nemo-recipe run${file === usual.file ? "" : ` ${shellWord(file)}`} --local`);
  return 0;
};

async function choose({ args, io, screen }: Call): Promise<{ bundled: string; file: string }> {
  const known = await bundledNames(io.root);
  const [first, second, third] = args;
  if (third !== undefined)
    throw usage(`init takes a bundled recipe and a file, not ${args.length} arguments.`);
  if (first === undefined && canAsk(io)) {
    for (const line of bundledLines(await bundledRecipes(io.root))) screen.alert(`  ${line}`);
    const bundled = checked(await ask(io, `Which one? [${usual.bundled}] `, usual.bundled), known);
    return { bundled, file: await ask(io, `Write it to? [${usual.file}] `, usual.file) };
  }
  if (first !== undefined && second === undefined && /\.ya?ml$/.test(first) && !known.includes(first))
    return { bundled: usual.bundled, file: first };
  return { bundled: checked(first ?? usual.bundled, known), file: second ?? usual.file };
}

function checked(name: string, known: readonly string[]): string {
  if (known.includes(name)) return name;
  const near = nearMiss(name, known);
  throw usage(
    `there is no bundled recipe "${name}"`,
    near === undefined ? `bundled: ${known.join(", ")}` : `did you mean "${near}"?`,
  );
}

/** Editors complete and check by the schema that is installed with this program, where there is such a file. */
function withSchema(text: string, root: string, path: string): string {
  if (isEmbedded(root)) return text.replace(schemaLine, "");
  const schema = join(root, "schemas", "recipe.schema.json");
  const near = relative(join(path, ".."), schema).replaceAll("\\", "/");
  const line = `# yaml-language-server: $schema=${near.startsWith("../../..") ? schema : near}\n`;
  return schemaLine.test(text) ? text.replace(schemaLine, () => line) : line + text;
}

const shellWord = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
