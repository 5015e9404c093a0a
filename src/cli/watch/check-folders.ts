import { relative } from "node:path";
import { isInside } from "../../files/is-inside.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import { usage } from "../stop.ts";
import { slashed, type WatchedFolder } from "./watched-folder.ts";

/** Where a recipe looks at the same files as others: notes, or a stop with exit 2 where one would take them away. */
export function checkOverlaps(one: WatchedFolder, others: readonly WatchedFolder[]): string[] {
  const notes: string[] = [];
  for (const other of others) {
    if (one.recipe.name === other.recipe.name)
      throw usage(
        `${other.recipe.file} and ${one.recipe.file} are both called ${one.recipe.name}.`,
        "Give one of them another `name`: files are known by the recipe that took them.",
        "bad-folder",
      );
    if (!overlap(one, other)) continue;
    const taker = [one, other].find(({ block }) => block.after !== "keep");
    const both = `${other.recipe.file} and ${one.recipe.file} watch the same files in ${one.folder}`;
    if (taker !== undefined)
      throw usage(
        `${both}, and with after: ${taker.block.after} the one takes them from the other.`,
        "Give each a folder of its own, or use after: keep.",
        "bad-folder",
      );
    notes.push(`${both}: each makes its own video of every file.`);
  }
  return notes;
}

function overlap(one: WatchedFolder, other: WatchedFolder): boolean {
  const [outer, inner] = isInside(one.folder, other.folder) ? [other, one] : [one, other];
  if (!isInside(inner.folder, outer.folder)) return false;
  return outer.folder === inner.folder || outer.rules.enters(slashed(relative(outer.folder, inner.folder)));
}

/** A video that lands where the watch would find it would be made into the next: exit 2, unless it is ignored. */
export function refuseOwnOutput(
  { recipe }: WatchedFolder,
  plan: RunPlan,
  folders: readonly WatchedFolder[],
): void {
  for (const { job } of plan.jobs)
    for (const step of job.steps) {
      if (step.kind !== "export") continue;
      const finder = folders.find(
        ({ folder, rules }) =>
          isInside(step.path, folder) && rules.finds(slashed(relative(folder, step.path))),
      );
      if (finder !== undefined)
        throw usage(
          `${recipe.file}: its videos would land in ${finder.folder}, which is watched (${step.shownPath}).`,
          "Let `to` or --out lead elsewhere, or add the place to `watch.ignore`.",
          "bad-folder",
        );
    }
}
