import { formatDuration } from "../../base/duration.ts";
import { runWatch } from "../../executor/run-watch.ts";
import type { WatchedRecipe } from "../../executor/watch-request.ts";
import { folderTree } from "../../files/folder-tree.ts";
import { join } from "node:path";
import type { RunPlan } from "../../plan/run-plan.ts";
import { startHints } from "../../watch/start-hints.ts";
import { watchFolder, type FolderWatch } from "../../watch/watch-folder.ts";
import type { Command } from "../call.ts";
import { withReporter } from "../drive.ts";
import { exitCodes } from "../exit-code.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { draftPlan } from "../make-plan.ts";
import { openWorld, type World } from "../open-world.ts";
import { problemText } from "../problem-text.ts";
import { Stop } from "../stop.ts";
import { wallClock } from "../wall-clock.ts";
import { afterFile } from "../watch/after-file.ts";
import { refuseOwnOutput } from "../watch/check-folders.ts";
import { groupPlanner, moneyOf, type PlannerNeeds } from "../watch/group-planner.ts";
import { openWatch, type OpenWatch } from "../watch/open-watch.ts";
import { tellWatch } from "../watch/tell-watch.ts";
import type { WatchedFolder } from "../watch/watched-folder.ts";

/** Makes videos of what folders bring, until it is stopped; with --once of what is there. */
export const watch: Command = async (given) => {
  const open = await openWatch(given);
  const interrupt = listenForInterrupt(given.io, given.screen);
  const { signal } = interrupt;
  try {
    const world = await openWorld(open.call, open.config, signal);
    try {
      return await watchAll(open, world, signal);
    } finally {
      await world.close();
    }
  } catch (error) {
    if (signal.aborted && error === signal.reason) return exitCodes.interrupted;
    throw error;
  } finally {
    interrupt.release();
  }
};

async function watchAll(
  { call, config, folders }: OpenWatch,
  world: World,
  signal: AbortSignal,
): Promise<number> {
  const { flags, screen } = call;
  const runId = world.newId("run");
  const common = { call, config, world, runId };
  const samples = new Map<WatchedFolder, RunPlan>();
  for (const one of folders) {
    const sample = await samplePlan(one, { ...common, recipes: [one.recipe], accountId: "none" });
    if (sample.problems.some(({ severity }) => severity === "error"))
      throw new Stop(exitCodes.usage, "", { problems: sample.problems });
    if (sample.problems.length > 0) screen.note(problemText(sample.problems, screen.paint));
    refuseOwnOutput(one, sample, folders);
    samples.set(one, sample);
  }
  const { id: accountId } = await world.service.account();
  const opened: { readonly watch: FolderWatch; readonly watched: WatchedRecipe }[] = [];
  try {
    for (const [one, sample] of samples) {
      const needs = { ...common, recipes: [one.recipe], accountId };
      const watch = await lookAt(one, call, signal);
      opened.push({ watch, watched: watchedRecipe(one, { watch, needs, sample, screen }) });
    }
    const audience = { config, recipes: folders.map(({ recipe }) => recipe), signal };
    const outcome = await withReporter({ call, world, audience }, (ports) =>
      runWatch(
        {
          runId,
          backend: world.backend,
          watched: opened.map(({ watched }) => watched),
          concurrency: config.concurrency,
          overwrite: flags.overwrite === true,
          once: flags.once === true,
          tell: tellWatch(call),
          signal,
        },
        ports,
      ),
    );
    return outcome.exitCode;
  } finally {
    for (const { watch } of opened) await watch.close();
  }
}

/** What the recipe would make of a file, to see before the first one comes what is wrong with it. */
function samplePlan({ recipe, block, folder }: WatchedFolder, needs: PlannerNeeds): Promise<RunPlan> {
  const name = "nemo-recipe-sample.jpg";
  const path = join(folder, name);
  const file = { path, shownPath: name, name, sizeBytes: 1, mtimeMs: 0, sha256: "0".repeat(64) };
  const group = { files: [file], part: "sample", ...(block.group === "folder" && { name: "sample" }) };
  return draftPlan({ ...needs, recipes: [recipe], inputs: [], group, balance: "when-paying" });
}

async function lookAt(
  one: WatchedFolder,
  { flags, screen }: OpenWatch["call"],
  signal: AbortSignal,
): Promise<FolderWatch> {
  const { block, folder, rules, settleMs, pollMs, drive } = one;
  const once = flags.once === true;
  if (!once)
    screen.note(
      `Watching ${folder}${drive === undefined ? "" : ` (${drive})`}${lookText(pollMs)}. Ctrl-C ends it.`,
    );
  return watchFolder(
    {
      ...block,
      rules,
      settleMs,
      ...(pollMs !== undefined && { pollMs }),
      mayPoll: block.poll !== "never",
      once,
      say: (line) => screen.alert(`${screen.paint.yellow("!")} ${line}`),
      signal,
    },
    { tree: await folderTree(folder, { isRemote: drive !== undefined }), startHints, clock: wallClock },
  );
}

const lookText = (pollMs: number | undefined): string =>
  pollMs === undefined ? "" : `, by looking every ${formatDuration(pollMs)}`;

function watchedRecipe(
  one: WatchedFolder,
  more: {
    readonly watch: FolderWatch;
    readonly needs: PlannerNeeds;
    readonly sample: RunPlan;
    readonly screen: OpenWatch["call"]["screen"];
  },
): WatchedRecipe {
  const { watch, needs, sample, screen } = more;
  return {
    recipe: one.recipe.name,
    concurrency: sample.recipes[0]?.concurrency ?? 1,
    jobsOfGroup: sample.jobs.length,
    next: () => watch.next(),
    plan: groupPlanner(needs),
    money: moneyOf(sample, needs),
    after: afterFile(one, screen),
  };
}
