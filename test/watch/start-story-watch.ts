import type { Clock } from "../../src/base/clock.ts";
import { orderOf } from "../../src/cli/order-of.ts";
import { planRun } from "../../src/executor/plan-run.ts";
import type { RunOutcome } from "../../src/executor/ports.ts";
import type { MoneyRules, RunPorts } from "../../src/executor/run-request.ts";
import { jobQueue, type JobQueue } from "../../src/executor/job-queue.ts";
import { runWatch } from "../../src/executor/run-watch.ts";
import type { WatchedRecipe, WatchReport } from "../../src/executor/watch-request.ts";
import type { FolderTree } from "../../src/files/folder-tree.ts";
import { pathsFor } from "../../src/plan/paths.ts";
import type { Recipe } from "../../src/recipe/recipe.ts";
import type { StartHints } from "../../src/watch/folder-hints.ts";
import { nameRules } from "../../src/watch/name-rules.ts";
import { watchFolder, type WatchOptions } from "../../src/watch/watch-folder.ts";
import { freeSpending } from "../support/free-spending.ts";

export interface StartChange extends Partial<Omit<WatchOptions, "signal" | "say">> {
  readonly concurrency?: number;
  readonly money?: MoneyRules;
  /** Shared with others: then a person lets it go on where it holds jobs back. */
  readonly queue?: JobQueue;
}

export interface RunningWatch {
  readonly ended: Promise<RunOutcome>;
  stop(): Promise<RunOutcome>;
}

export interface StoryWatchNeeds {
  readonly recipe: Recipe;
  readonly tree: FolderTree;
  readonly startHints: StartHints;
  /** What the watch and its jobs see of time. */
  readonly clock: Clock;
  readonly ports: RunPorts;
  readonly say: (line: string) => void;
  readonly tell: (report: WatchReport) => void;
  readonly after: WatchedRecipe["after"];
}

/** The product's watch from the folder to the last job, with the ports of a test behind it. */
export function startStoryWatch(needs: StoryWatchNeeds, change: StartChange = {}): RunningWatch {
  const { recipe, tree, startHints, clock, ports, say, tell, after } = needs;
  const stop = new AbortController();
  const { concurrency = 2, money = freeSpending, queue, ...options } = change;
  const watch = watchFolder(
    {
      rules: nameRules({ ignore: [], recursive: true }, ["done", "failed"]),
      group: "file",
      settleMs: 2_000,
      quietMs: 60_000,
      max: 100,
      existing: "process",
      recursive: true,
      mayPoll: true,
      once: false,
      say,
      signal: stop.signal,
      ...options,
    },
    { tree, startHints, clock },
  );
  const watched: WatchedRecipe = {
    recipe: recipe.name,
    jobsOfGroup: 1,
    concurrency,
    next: () => watch.next(),
    money,
    after,
    plan: planner(needs, money),
  };
  const ended = runWatch(
    {
      runId: ports.newId("run"),
      backend: ports.service.backend,
      watched: [watched],
      overwrite: false,
      once: options.once ?? false,
      whenHeldBack: queue === undefined ? "end" : "wait",
      tell,
      signal: stop.signal,
    },
    ports,
    queue ?? jobQueue({ concurrency: 4, onHeldBack: () => tell({ type: "held-back" }) }),
  ).finally(() => watch.close());
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      stop.abort(new Error("stopped by the test"));
      return ended;
    },
  };
}

function planner({ recipe, clock, ports }: StoryWatchNeeds, money: MoneyRules): WatchedRecipe["plan"] {
  const names = new Set<string>();
  const nameFor = (name: string): string => {
    let given = name;
    for (let number = 2; names.has(given); number++) given = `${name}-${number}`;
    names.add(given);
    return given;
  };
  return async (group) => {
    const plan = await planRun(
      {
        recipes: [recipe],
        params: {},
        env: {},
        language: "en",
        run: { id: "run", startedAtMs: clock.now(), timezone: "UTC" },
        backend: ports.service.backend,
        account: "account",
        poll: { stateMs: 30_000, renderMs: 30_000 },
        cwd: "/work",
        paths: pathsFor(false),
        overrides: {},
        group,
        taken: { nameFor, paths: new Set() },
        balance: "when-paying",
      },
      ports,
    );
    const errors = plan.problems.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return { orders: plan.jobs.map(orderOf), money };
  };
}
