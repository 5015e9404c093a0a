import { unlessAborted } from "../base/unless-aborted.ts";
import { fullLimit } from "./budget-room.ts";
import type { JobQueue } from "./job-queue.ts";
import type { RunOutcome } from "./ports.ts";
import { runCounts, runOutcome, type JobRest } from "./run-outcome.ts";
import type { JobOrder, MoneyRules, RunPorts } from "./run-request.ts";
import { isRefused, watchGroup } from "./watch-group.ts";
import type { WatchedRecipe, WatchRequest } from "./watch-request.ts";

const roomEveryMs = 60_000;
const balanceEveryMs = 600_000;
const heldBackEveryMs = 5_000;

export interface WatchRun {
  /**
   * Makes what a watched recipe brings, until there is no more or it is retired. Rejects with the first error of its
   * workers, when all of them have ended.
   */
  work(watched: WatchedRecipe): Promise<void>;
  /** Records and reports the end of the run. */
  finish(isInterrupted: boolean): Promise<RunOutcome>;
}

/** Begins a run to which watched recipes can be added as long as it lasts. */
export async function openWatchRun(
  request: WatchRequest,
  ports: RunPorts,
  { queue, recipes }: { readonly queue: JobQueue; readonly recipes: readonly string[] },
): Promise<WatchRun> {
  const { runId } = request;
  const startedAtMs = ports.clock.now();
  await ports.journal.startRun({ runId, recipes });
  ports.reporter.report({ type: "run-started", runId, atMs: startedAtMs, jobs: 0 });
  const run = new WatchWork({ request, ports, queue, startedAtMs });
  return {
    work: async (watched) => {
      const broken = new AbortController();
      const worker = (): Promise<void> =>
        run.work(watched, broken.signal).catch((error: unknown) => {
          broken.abort();
          throw error;
        });
      const workers = Array.from({ length: watched.concurrency }, worker);
      const ends = await Promise.allSettled(workers);
      const failed = ends.find((end) => end.status === "rejected");
      if (failed !== undefined) throw failed.reason;
      run.addLeftOut(watched.leftOut?.() ?? 0);
    },
    finish: async (isInterrupted) => {
      const outcome = isInterrupted ? { ...run.outcome, exitCode: 130 } : run.outcome;
      await ports.journal.finishRun(runId, outcome.exitCode);
      const atMs = ports.clock.now();
      const elapsedMs = atMs - startedAtMs;
      ports.reporter.report({ type: "run-finished", runId, atMs, elapsedMs, ...outcome });
      return outcome;
    },
  };
}

interface WatchWorld {
  readonly request: WatchRequest;
  readonly ports: RunPorts;
  readonly queue: JobQueue;
  readonly startedAtMs: number;
}

/** Where one job stands among what stops it. */
interface Making {
  readonly order: JobOrder;
  readonly money: MoneyRules;
  readonly watched: WatchedRecipe;
}

/**
 * Each recipe has as many workers as jobs at once, and a worker asks for a group when it has nothing in hand: a backlog
 * waits in its folder.
 *
 * Owns: what the workers have in hand, the run's counts. Talks to: the watched recipes, the queue, the ports.
 * Invariants: at a budget without room no group is taken up; what was taken up is finished, or left for the next run.
 */
class WatchWork {
  outcome: RunOutcome = runOutcome([]);
  readonly #world: WatchWorld;
  readonly #ended = new Set<string>();
  readonly #halted = new AbortController();
  /** Jobs that wait for room. */
  #waiting = 0;
  #isWaitTold = false;
  #index = 0;

  constructor(world: WatchWorld) {
    this.#world = world;
  }

  /** Until there is no more, the recipe is retired, or another of its workers is broken. */
  async work(watched: WatchedRecipe, broken: AbortSignal): Promise<void> {
    const { request, ports, queue } = this.#world;
    const make = (order: JobOrder, money: MoneyRules): Promise<JobRest> =>
      this.#make({ order, money, watched });
    const shared = { watched, request, ports, ended: this.#ended, make };
    const stopped = AbortSignal.any([this.#halted.signal, broken]);
    while (!this.#isOver() && !stopped.aborted && watched.retired?.aborted !== true) {
      const group = (await unlessAborted(stopped, watched.next()))?.value;
      if (group === undefined || this.#isOver() || stopped.aborted) return;
      this.#add(await watchGroup(group, shared));
      if (queue.isHeldBack && request.whenHeldBack !== "wait") this.#halted.abort();
      if (queue.isHeldBack) await this.#letGoOn();
    }
  }

  /** Files that made no job: nobody waits for them to become whole. */
  addLeftOut(count: number): void {
    this.#add(Array.from({ length: count }, () => ({ rest: "left-out" })));
  }

  #isOver(): boolean {
    return this.#halted.signal.aborted || this.#world.request.signal.aborted;
  }

  async #make(making: Making): Promise<JobRest> {
    const { money } = making;
    let rest = await this.#drive(making);
    for (;;) {
      if (isRefused(rest) && rest.rest === "came-to-rest") {
        const { jobId, plan } = rest.state;
        if (!(await this.#roomAgain(rest, money))) return rest;
        rest = await this.#drive({
          ...making,
          order: { kind: "resumed", jobId, name: plan.name, recipe: plan.recipe },
        });
      } else if (rest.rest === "held-back" && (await this.#letGoOn())) rest = await this.#drive(making);
      else {
        if (rest.rest === "came-to-rest") this.#tellOfRoom();
        return rest;
      }
    }
  }

  #drive({ order, money, watched }: Making): Promise<JobRest> {
    const { request, ports, queue } = this.#world;
    const { runId, overwrite, signal } = request;
    return queue.drive(
      { order, index: this.#index++, total: 0 },
      { request: { runId, overwrite, money, signal }, ports, ofRecipe: () => watched.concurrency },
    );
  }

  /** Waits until a person has looked at what holds the queue back; false where nobody waits for that. */
  async #letGoOn(): Promise<boolean> {
    const { request, queue } = this.#world;
    if (request.whenHeldBack !== "wait") return false;
    while (queue.isHeldBack && !this.#isOver()) await this.#pause(heldBackEveryMs);
    return !queue.isHeldBack && !this.#isOver();
  }

  /** Waits until the job's next turn fits; false where it never will, or nobody waits. */
  async #roomAgain(rest: Extract<JobRest, { rest: "came-to-rest" }>, money: MoneyRules): Promise<boolean> {
    const { request, ports, startedAtMs } = this.#world;
    const { clock, journal } = ports;
    const { once, tell } = request;
    const limitNow = (): ReturnType<typeof fullLimit> =>
      fullLimit(rest.state, { journal, money, nowMs: clock.now(), runStartedAtMs: startedAtMs });
    if ((await limitNow())?.scope === "job") return false;
    if (once) {
      this.#halted.abort();
      return false;
    }
    this.#waiting += 1;
    if (!this.#isWaitTold) tell({ type: "waiting-for-room", why: rest.state.failure?.message ?? "" });
    this.#isWaitTold = true;
    // Without a limit of ours in the way, only another try shows whether the account was topped up.
    const isOurLimit = rest.state.failure?.code === "over-budget";
    do await this.#pause(isOurLimit ? roomEveryMs : balanceEveryMs);
    while (!this.#isOver() && (await limitNow()) !== undefined);
    this.#waiting -= 1;
    if (this.#isOver()) return false;
    if (isOurLimit) this.#tellOfRoom();
    return true;
  }

  #tellOfRoom(): void {
    if (!this.#isWaitTold || this.#waiting > 0) return;
    this.#isWaitTold = false;
    this.#world.request.tell({ type: "room-again" });
  }

  async #pause(ms: number): Promise<void> {
    const { request, ports } = this.#world;
    await ports.clock.sleep(ms, request.signal).catch(() => undefined);
  }

  #add(rests: readonly JobRest[]): void {
    this.outcome = sumOf(this.outcome, runOutcome(rests));
  }
}

const strongestFirst = [130, 75, 1, 3];

function sumOf(left: RunOutcome, right: RunOutcome): RunOutcome {
  const count = (of: keyof RunOutcome["counts"]): number => (left.counts[of] ?? 0) + (right.counts[of] ?? 0);
  return {
    exitCode: strongestFirst.find((code) => code === left.exitCode || code === right.exitCode) ?? 0,
    counts: runCounts(count),
    credits: left.credits + right.credits,
    costUnknown: left.costUnknown || right.costUnknown,
    files: [...left.files, ...right.files],
  };
}
