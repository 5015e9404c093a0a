import { isIdle, jobQueue } from "../../executor/job-queue.ts";
import { outageOf } from "../../executor/outage.ts";
import type { JobLock } from "../../executor/ports.ts";
import { fileChanges } from "../../watch/file-changes.ts";
import type { Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { withReviews, type ReviewKeeping } from "../keep-reviews.ts";
import { openWorld, type World } from "../open-world.ts";
import { patientAccount } from "../patient-account.ts";
import { tellOutage } from "../tell-outage.ts";
import { tellUnfinished } from "../tell-unfinished.ts";
import { untilInterrupted, type IdleWhen } from "../until-interrupted.ts";
import { checkEdition, type CheckedWatch } from "../up/check-edition.ts";
import type { Edition } from "../up/edition.ts";
import { tellTwin } from "../up/tell-twin.ts";
import { keepSchedule } from "../up/keep-schedule.ts";
import { liveMoney } from "../up/live-money.ts";
import { openHealth } from "../up/open-health.ts";
import { readSetup, type Setup, type UpCall } from "../up/setup.ts";
import { upFigures } from "../up/up-figures.ts";
import type { UpShared } from "../up/up-shared.ts";
import { UpWork } from "../up/up-work.ts";
import { afterFile } from "../watch/after-file.ts";
import { watchTaps } from "../up/watch-taps.ts";

/** Watches and schedules all recipes that the config names, in one process, until it is stopped. */
export const up: Command = async (given) => {
  const { maxCredits, ...flags } = given.flags;
  const call = { ...given, flags, screen: { ...given.screen, live: false } };
  const first = await readSetup({ call, maxCredits });
  return untilInterrupted(call, async (signal, idleWhen) => {
    const world = await openWorld(call, first.config, signal);
    try {
      await workIn(world, first, { up: { call, maxCredits }, signal, idleWhen });
      return exitCodes.interrupted;
    } finally {
      await world.close();
    }
  });
};

async function workIn(
  world: World,
  first: Setup,
  {
    up,
    signal,
    idleWhen,
  }: { readonly up: UpCall; readonly signal: AbortSignal; readonly idleWhen: IdleWhen },
): Promise<void> {
  const { call } = up;
  const { screen, io } = call;
  const figures = upFigures();
  const outage = outageOf(world, { tell: tellOutage(call), signal });
  const queue = jobQueue({
    concurrency: first.config.concurrency,
    outage,
    onRest: figures.countRest,
    onHeldBack: () => screen.alert(`${screen.paint.red("error:")} ${heldBack}`),
  });
  idleWhen(() => isIdle(queue));
  const taps = watchTaps(call, signal);
  const setup = (): Setup => work.setup;
  const shared: UpShared = {
    call,
    world,
    queue,
    taps,
    config: () => setup().config,
    accountId: patientAccount(world, outage, signal),
    moneyFor: liveMoney(world.backend, setup),
    signal,
  };
  const work: UpWork = new UpWork(first, up, shared);
  const checked = await checkAll(first, shared);
  const health = await openHealth({ call, config: first.config, world, queue, taps, work, figures, outage });
  const forget = io.onHangup(() => {
    queue.letGoOn();
    void work.reload(true);
  });
  let twin: JobLock | undefined;
  try {
    await tellUnfinished(world.journal, screen);
    twin = await tellTwin(first, shared);
    work.begin(checked);
    await withReviews(reviewsOf(shared, setup), async () => {
      await Promise.all([
        keepSchedule({ work, shared, outage, figures }),
        fileChanges({
          paths: () => work.sources(),
          onChange: () => work.reload(false),
          clock: world.clock,
          signal,
        }),
      ]);
      await work.ended();
    });
  } finally {
    forget();
    await health?.close();
    await twin?.release();
    for (const { file } of setup().editions) await taps.close(file);
  }
}

function reviewsOf(
  { call, world, queue, taps, moneyFor, signal }: UpShared,
  setup: () => Setup,
): ReviewKeeping {
  return {
    call,
    journal: world.journal,
    current: () => ({ config: setup().config, recipes: setup().editions.map(({ recipe }) => recipe) }),
    inWorld: (decide) => decide(world),
    queue,
    moneyFor,
    afterOf: (name) => {
      const folder = taps.folders().find(({ recipe }) => recipe.name === name);
      return folder === undefined ? undefined : afterFile(folder, call.screen);
    },
    signal,
  };
}

const heldBack =
  "three jobs in a row were paid without a delivery: nothing more is started. Look at them with nemo-recipe status; a SIGHUP, or another start, lets the work go on.";

/** Before anything begins, every watch is looked at: what is wrong then ends the command. */
async function checkAll(
  { editions, config }: Setup,
  shared: UpShared,
): Promise<ReadonlyMap<Edition, CheckedWatch>> {
  const checked = new Map<Edition, CheckedWatch>();
  for (const edition of editions) {
    const folders = [...checked.values()].map(({ folder }) => folder);
    const watch = await checkEdition(edition, { ...shared, config }, folders);
    if (watch !== undefined) checked.set(edition, watch);
  }
  return checked;
}
