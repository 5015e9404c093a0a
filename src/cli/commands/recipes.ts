import { loadRecipe } from "../../files/load-recipe.ts";
import { bundledDir, bundledNames } from "../bundled.ts";
import type { Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";

/** Lists the bundled recipes. */
export const recipes: Command = async ({ flags, io, screen }) => {
  const names = await bundledNames(io.root);
  const rows: { name: string; description: string }[] = [];
  for (const name of names) {
    const dir = bundledDir(io.root);
    const { recipe } = await loadRecipe({
      argument: name,
      cwd: dir,
      bundledDir: dir,
      readStdin: async () => "",
    });
    rows.push({ name, description: recipe?.description ?? "" });
  }
  const width = Math.max(...names.map((name) => name.length));
  if (flags.json === true) screen.out(JSON.stringify(rows));
  else for (const { name, description } of rows) screen.out(`${name.padEnd(width)}  ${description}`);
  screen.note(
    "nemo-recipe run <name> photos/ makes one; nemo-recipe init <name> writes it as a file of yours.",
  );
  return exitCodes.done;
};
