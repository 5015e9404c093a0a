import { bundledLines, bundledRecipes } from "../recipes/bundled.ts";
import type { Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";

/** Lists the bundled recipes. */
export const recipes: Command = async ({ flags, io, screen }) => {
  const found = await bundledRecipes(io.root);
  if (flags.json === true) screen.out(JSON.stringify(found));
  else for (const line of bundledLines(found)) screen.out(line);
  screen.note(
    "nemo-recipe run <name> photos/ makes one; nemo-recipe init <name> writes it as a file of yours.",
  );
  return exitCodes.done;
};
