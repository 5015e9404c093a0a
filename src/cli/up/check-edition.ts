import { pathKind } from "../../files/path-kind.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import type { Config } from "../../config/config.ts";
import type { Call } from "../call.ts";
import type { World } from "../open-world.ts";
import { checkOverlaps } from "../watch/check-folders.ts";
import { samplePlan } from "../watch/sample-plan.ts";
import { folderOf, watchedFolder, type WatchedFolder } from "../watch/watched-folder.ts";
import type { Edition } from "./edition.ts";

/** A recipe's watch that may begin. */
export interface CheckedWatch {
  readonly folder: WatchedFolder;
  readonly sample: RunPlan;
}

export interface CheckNeeds {
  readonly call: Call;
  readonly config: Config;
  readonly world: World;
}

/**
 * Whether the recipe's watch may begin beside `others`. Undefined where there is none, or its folder is not there: a
 * drive may come later. Stops with exit 2 where the folder cannot be watched, or nothing could be made of its files.
 */
export async function checkEdition(
  { recipe }: Edition,
  needs: CheckNeeds,
  others: readonly WatchedFolder[],
): Promise<CheckedWatch | undefined> {
  const { call } = needs;
  if (recipe.watch === undefined) return undefined;
  if ((await pathKind(folderOf(recipe, call))) === undefined) return undefined;
  const folder = await watchedFolder(recipe, call);
  for (const note of checkOverlaps(folder, others))
    call.screen.note(`${call.screen.paint.yellow("warning:")} ${note}`);
  const sample = await samplePlan(folder, { ...needs, runId: "sample", inputs: [] }, [...others, folder]);
  return { folder, sample };
}
