import { isIdle, jobQueue } from "../../executor/job-queue.ts";
import { outageOf } from "../../executor/outage.ts";
import type { RunOutcome } from "../../executor/ports.ts";
import { runWatch } from "../../executor/run-watch.ts";
import type { WatchedRecipe } from "../../executor/watch-request.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import type { FolderWatch } from "../../watch/watch-folder.ts";
import type { Command } from "../call.ts";
import { withReporter } from "../drive.ts";
import { withReviews, type ReviewKeeping } from "../keep-reviews.ts";
import { openWorld, type World } from "../open-world.ts";
import { patientAccount } from "../patient-account.ts";
import { tellOutage } from "../tell-outage.ts";
import { untilInterrupted, type IdleWhen } from "../until-interrupted.ts";
import { lookAt } from "../watch/look-at.ts";
import { openWatch, type OpenWatch } from "../watch/open-watch.ts";
import { samplePlan } from "../watch/sample-plan.ts";
import { tellWatch } from "../watch/tell-watch.ts";
import { watchedRecipe } from "../watch/watched-recipe.ts";
import type { WatchedFolder } from "../watch/watched-folder.ts";

/** Makes videos of what folders bring, until it is stopped; with --once of what is there. */
export const watch: Command = async (given) => {
  const open = await openWatch(given);
  return untilInterrupted(given, async (signal, idleWhen) => {
    const world = await openWorld(open.call, open.config, signal);
    try {
      return await watchAll(open, { world, signal, idleWhen });
    } finally {
      await world.close();
    }
  });
};

interface WatchWorld {
  readonly world: World;
  readonly signal: AbortSignal;
  readonly idleWhen: IdleWhen;
}

async function watchAll(
  { call, config, folders }: OpenWatch,
  { world, signal, idleWhen }: WatchWorld,
): Promise<number> {
  const { flags } = call;
  const once = flags.once === true;
  const runId = world.newId("run");
  const common = { call, config, world, runId, inputs: [] };
  const samples = new Map<WatchedFolder, RunPlan>();
  for (const one of folders) samples.set(one, await samplePlan(one, common, folders));
  const outage = outageOf(world, { tell: tellOutage(call), signal });
  // Somebody waits for the end of --once, and nobody for that of a watch.
  const asked = once ? await world.service.account() : undefined;
  const accountId = asked === undefined ? patientAccount(world, outage, signal) : async () => asked.id;
  const tell = tellWatch(call);
  const paths = new Set<string>();
  const opened: { readonly watch: FolderWatch; readonly watched: WatchedRecipe }[] = [];
  try {
    for (const [one, sample] of samples) {
      const known = { names: new Set<string>(), paths };
      const needs = { ...common, recipes: [one.recipe], accountId, known };
      const watch = await lookAt(one, call, signal);
      const next = (): ReturnType<FolderWatch["next"]> => watch.next();
      const leftOut = (): number => (once ? watch.standing().leftOut : 0);
      opened.push({ watch, watched: watchedRecipe(one, { next, leftOut, needs, sample }) });
    }
    const recipes = folders.map(({ recipe }) => recipe);
    const audience = { config, recipes, signal };
    const queue = jobQueue({
      concurrency: config.concurrency,
      onHeldBack: () => tell({ type: "held-back" }),
      ...(!once && { outage }),
    });
    idleWhen(() => isIdle(queue));
    const work = (): Promise<RunOutcome> =>
      withReporter({ call, world, audience }, (ports) =>
        runWatch(
          {
            runId,
            backend: world.backend,
            watched: opened.map(({ watched }) => watched),
            overwrite: flags.overwrite === true,
            once,
            tell,
            signal,
          },
          ports,
          queue,
        ),
      );
    const reviews: ReviewKeeping = {
      call,
      journal: world.journal,
      current: () => ({ config, recipes }),
      inWorld: (decide) => decide(world),
      queue,
      afterOf: (name) => opened.find(({ watched }) => watched.recipe === name)?.watched.after,
      signal,
    };
    const outcome = once ? await work() : await withReviews(reviews, work);
    return outcome.exitCode;
  } finally {
    for (const { watch } of opened) await watch.close();
  }
}
