import { dirname, join, relative } from "node:path";
import type { WatchedRecipe } from "../../executor/watch-request.ts";
import { Failure } from "../../base/failure.ts";
import { moveAside, removeInput } from "../../files/move-aside.ts";
import type { Screen } from "../screen.ts";
import { slashed, type WatchedFolder } from "./watched-folder.ts";

/** What `after` says becomes of a file: moved with its subfolder's name, deleted, or kept. A refusal is told. */
export function afterFile(watched: WatchedFolder, screen: Screen): WatchedRecipe["after"] {
  const { block, folder, done, failed } = watched;
  return async (file, { end, isVerified }) => {
    if (block.after === "keep") return;
    try {
      if (block.after === "move") {
        const aside = end === "delivered" ? done : failed;
        await moveAside(file, join(aside, slashed(relative(folder, dirname(file.path)))));
      } else if (end === "delivered") {
        if (isVerified) await removeInput(file);
        else screen.note(`${file.shownPath} is kept: what was made of it is not where it was delivered`);
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      screen.alert(`${screen.paint.yellow("!")} ${file.shownPath} stays where it is: ${error.message}`);
    }
  };
}
