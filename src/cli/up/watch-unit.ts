// Owns: the watch of one edition of a recipe, begun again where it fails. Talks to: the tap, the executor.
// Invariants: what befalls it befalls no other recipe; when it is retired it takes up nothing more, and finishes what
// it has in hand.
import { formatDuration } from "../../base/duration.ts";
import { runWatch } from "../../executor/run-watch.ts";
import { pathKind } from "../../files/path-kind.ts";
import { withReporter } from "../drive.ts";
import { reportError } from "../report-error.ts";
import { tellWatch } from "../watch/tell-watch.ts";
import { folderOf } from "../watch/watched-folder.ts";
import { watchedRecipe } from "../watch/watched-recipe.ts";
import { checkEdition, type CheckedWatch } from "./check-edition.ts";
import type { Edition } from "./edition.ts";
import type { UpShared } from "./up-shared.ts";

export interface WatchUnit {
  /** Aborted: it takes up nothing more. */
  readonly retire: AbortController;
  /** Resolves when all that it had in hand has ended. */
  readonly ended: Promise<void>;
}

const lookAgainMs = 2_000;
const firstPauseMs = 5_000;
const longestPauseMs = 600_000;

/** Begins the watch of an edition; `checked` where its folder was looked at before. */
export function watchUnit(edition: Edition, checked: CheckedWatch | undefined, shared: UpShared): WatchUnit {
  const retire = new AbortController();
  const retired = retire.signal;
  const over = AbortSignal.any([shared.signal, retired]);
  return { retire, ended: keepWatching({ edition, shared, retired, over }, checked) };
}

interface Keeping {
  readonly edition: Edition;
  readonly shared: UpShared;
  readonly retired: AbortSignal;
  /** Retired, or Ctrl-C. */
  readonly over: AbortSignal;
}

async function keepWatching(keeping: Keeping, first: CheckedWatch | undefined): Promise<void> {
  const { edition, shared, over } = keeping;
  const { call, world, taps } = shared;
  const { clock } = world;
  let checked = first;
  for (let pauseMs = firstPauseMs; !over.aborted;) {
    const beganMs = clock.now();
    try {
      checked ??= await whenThere(keeping);
      if (checked !== undefined) await watchOnce(keeping, checked);
      if (checked !== undefined) return;
    } catch (error) {
      // A retired one's tap is its successor's.
      if (over.aborted) return;
      await taps.close(edition.file);
      await reportError(error, { ...call, command: "up" });
      if (clock.now() - beganMs > longestPauseMs) pauseMs = firstPauseMs;
      call.screen.alert(
        `${edition.recipe.name}: its watch begins again in ${formatDuration(pauseMs)}. The others go on.`,
      );
      await clock.sleep(pauseMs, over).catch(() => undefined);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
    checked = undefined;
  }
}

/** A folder that is not there yet, on a drive say, is waited for. */
async function whenThere({ edition, shared, over }: Keeping): Promise<CheckedWatch | undefined> {
  const { call, world, taps } = shared;
  const named = folderOf(edition.recipe, call);
  for (let isTold = false; !over.aborted; isTold = true) {
    if ((await pathKind(named)) !== undefined) {
      const others = taps.folders().filter(({ recipe }) => recipe.name !== edition.recipe.name);
      const checked = await checkEdition(edition, { ...shared, config: shared.config() }, others);
      if (checked !== undefined) return checked;
    }
    if (!isTold)
      call.screen.alert(
        `${call.screen.paint.yellow("!")} ${named} is not there: its watch begins when it is. The others go on.`,
      );
    taps.awaits(edition.file);
    await world.clock.sleep(lookAgainMs, over).catch(() => undefined);
  }
  return undefined;
}

async function watchOnce(
  { edition, shared, retired, over }: Keeping,
  { folder, sample }: CheckedWatch,
): Promise<void> {
  const { call, world, queue, signal, taps } = shared;
  const { recipe, file } = edition;
  const runId = world.newId("run");
  const config = shared.config();
  const tap = await taps.open(file, folder);
  const needs = {
    call,
    config,
    world,
    runId,
    recipes: [recipe],
    accountId: shared.accountId,
    moneyFor: shared.moneyFor,
    known: taps.knownOf(file),
  };
  const watched = watchedRecipe(folder, { next: () => tap.next(over), needs, sample });
  await withReporter({ call, world, audience: { config, recipes: [recipe], signal } }, (ports) =>
    runWatch(
      {
        runId,
        backend: world.backend,
        watched: [{ ...watched, retired }],
        overwrite: call.flags.overwrite === true,
        once: false,
        whenHeldBack: "wait",
        tell: tellWatch(call),
        signal,
      },
      ports,
      queue,
    ),
  );
}
