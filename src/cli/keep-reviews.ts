import { newsOf } from "../base/news-of.ts";
import { dueReviews, type LookForReviews } from "../executor/due-reviews.ts";
import type { JobQueue } from "../executor/job-queue.ts";
import type { Journal } from "../executor/ports.ts";
import { readFigures } from "../executor/read-figures.ts";
import type { MoneyRules } from "../executor/run-request.ts";
import type { WatchedRecipe } from "../executor/watch-request.ts";
import type { Config } from "../config/config.ts";
import type { JobState } from "../job/state.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { backendOf } from "./backend-of.ts";
import type { Call } from "./call.ts";
import { drive } from "./drive.ts";
import { moneyRules } from "./money-rules.ts";
import type { World } from "./open-world.ts";
import { putFilesAside } from "./put-files-aside.ts";
import { reportError } from "./report-error.ts";
import { resumedOrder } from "./kept-jobs/stored-order.ts";
import { wallClock } from "./wall-clock.ts";

export interface ReviewKeeping {
  readonly call: Call;
  readonly journal: Journal;
  /** As they were read last. */
  readonly current: () => { readonly config: Config; readonly recipes: readonly Recipe[] };
  /** Lends the world in which jobs are driven, and a queue where the keeping has none. */
  readonly inWorld: (work: (world: World, queue?: JobQueue) => Promise<void>) => Promise<void>;
  readonly queue?: JobQueue;
  /** In place of the rules that config and recipes give. */
  readonly moneyFor?: (figures: RunPlan["figures"]) => MoneyRules;
  /** What becomes of the files that a recipe's watch brought. */
  readonly afterOf?: (recipe: string) => WatchedRecipe["after"] | undefined;
  readonly signal: AbortSignal;
}

const everyMs = 2_000;

/** Does `work`, and beside it lets the recipes' rules decide each review when its deadline has passed. */
export async function withReviews<Result>(
  keeping: ReviewKeeping,
  work: () => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const kept = keepReviews({ ...keeping, signal: AbortSignal.any([keeping.signal, over.signal]) });
  try {
    return await work();
  } finally {
    over.abort(new Error("the work beside it has ended"));
    await kept;
  }
}

async function keepReviews(keeping: ReviewKeeping): Promise<void> {
  const { call, journal, queue, signal } = keeping;
  const look = dueReviews(journal);
  const isNews = newsOf();
  while (!signal.aborted) {
    await wallClock.sleep(everyMs, signal).catch(() => undefined);
    if (signal.aborted || queue?.isHeldBack === true) continue;
    try {
      await decideDue(look, keeping);
      isNews("");
    } catch (error) {
      if (signal.aborted) return;
      // Other deadlines are still to come, whatever befell this one.
      if (isNews(String(error))) await reportError(error, { ...call, command: "watch" });
    }
  }
}

/** Lets the recipes' rules decide, once, each review whose deadline has passed. Throws what keeps it from that. */
export function decideReviews(keeping: ReviewKeeping): Promise<void> {
  return decideDue(dueReviews(keeping.journal), keeping);
}

async function decideDue(look: LookForReviews, keeping: ReviewKeeping): Promise<void> {
  const { config, recipes } = keeping.current();
  const of = { backend: backendOf(config), recipes: new Set(recipes.map(({ name }) => name)) };
  const due = await look(of, wallClock.now());
  if (due.length > 0)
    await keeping.inWorld((world, queue = keeping.queue) => decide(due, world, { ...keeping, queue }));
}

interface Deciding extends Omit<ReviewKeeping, "queue"> {
  readonly queue: JobQueue | undefined;
}

async function decide(due: readonly JobState[], world: World, keeping: Deciding): Promise<void> {
  const { call, current, queue, moneyFor, signal } = keeping;
  const { config, recipes } = current();
  const { backend, journal } = world;
  const { concurrency } = config;
  const figures = await readFigures(
    backend,
    due.map(({ plan }) => plan),
    journal,
  );
  const mine = recipes.filter(({ name }) => due.some(({ plan }) => plan.recipe === name));
  // A live view would be drawn over the one that is there.
  const quiet = { ...call, screen: { ...call.screen, live: false } };
  await drive(
    { call: quiet, world, audience: { config, recipes: mine, signal } },
    {
      runId: world.newId("run"),
      orders: due.map((state) => resumedOrder({ state }).order),
      concurrency: { all: concurrency, ofRecipe: () => concurrency },
      overwrite: call.flags.overwrite === true,
      money: moneyFor?.(figures) ?? moneyRules({ backend, config, recipes: mine, figures }),
      signal,
    },
    queue,
  );
  for (const state of due) {
    const after = keeping.afterOf?.(state.plan.recipe);
    if (after !== undefined) await putFilesAside(state, after, world);
  }
}
