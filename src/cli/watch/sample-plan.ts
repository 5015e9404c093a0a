import { join } from "node:path";
import type { RunPlan } from "../../plan/run-plan.ts";
import { exitCodes } from "../exit-code.ts";
import { draftPlan } from "../make-plan.ts";
import { problemText } from "../problem-text.ts";
import { Stop } from "../stop.ts";
import { refuseOwnOutput } from "./check-folders.ts";
import type { PlannerNeeds } from "./group-planner.ts";
import type { WatchedFolder } from "./watched-folder.ts";

/**
 * What the recipe would make of a file, to see before the first one comes what is wrong with it. Stops with exit 2
 * where something is, or where its videos would land in one of the watched folders.
 */
export async function samplePlan(
  one: WatchedFolder,
  needs: Omit<PlannerNeeds, "accountId" | "recipes" | "moneyFor" | "known"> & {
    readonly inputs: readonly string[];
  },
  folders: readonly WatchedFolder[],
): Promise<RunPlan> {
  const { recipe, block, folder } = one;
  const { screen } = needs.call;
  const name = "nemo-recipe-sample.jpg";
  const path = join(folder, name);
  const file = { path, shownPath: name, name, sizeBytes: 1, mtimeMs: 0, sha256: "0".repeat(64) };
  const group = { files: [file], part: "sample", ...(block.group === "folder" && { name: "sample" }) };
  const sample = await draftPlan({ ...needs, recipes: [recipe], inputs: [], group, balance: "when-paying" });
  if (sample.problems.some(({ severity }) => severity === "error"))
    throw new Stop(exitCodes.usage, "", { problems: sample.problems });
  if (sample.problems.length > 0) screen.note(problemText(sample.problems, screen.paint));
  refuseOwnOutput(one, sample, folders);
  return sample;
}
