import PQueue from "p-queue";
import { afterJob, closedBreaker } from "./circuit-breaker.ts";
import { driveJob, type JobStart } from "./drive-job.ts";
import { fullLimit } from "./budget-room.ts";
import { retryBudget } from "./retry-budget.ts";
import { runOutcome, type JobRest, type RunOutcome } from "./run-outcome.ts";
import type { JobOrder, MoneyRules, RunPorts } from "./run-request.ts";
import { turnsInFlight } from "./turns-in-flight.ts";
import { isRefused, watchGroup } from "./watch-group.ts";
import type { WatchedRecipe, WatchRequest } from "./watch-request.ts";

const roomEveryMs = 60_000;
const balanceEveryMs = 600_000;

/**
 * Makes videos of what watched folders bring, in one run that lasts as long as the watch. Each recipe has as many
 * workers as jobs at once, and a worker asks for a group when it has nothing in hand: a backlog waits in its folder.
 *
 * Owns: the workers, what they have in hand, the run's counts. Talks to: the watched recipes, the ports.
 * Invariants: never more jobs in flight than the limits; at a budget without room no group is taken up; a journal
 * that cannot be written ends all.
 */
export async function runWatch(request: WatchRequest, ports: RunPorts): Promise<RunOutcome> {
  const { runId, signal, watched } = request;
  const startedAtMs = ports.clock.now();
  await ports.journal.startRun({ runId, recipes: watched.map(({ recipe }) => recipe) });
  ports.reporter.report({ type: "run-started", runId, atMs: startedAtMs, jobs: 0 });
  const broken = new AbortController();
  const run = new WatchRun(
    { ...request, signal: AbortSignal.any([signal, broken.signal]) },
    ports,
    startedAtMs,
  );
  const workers = watched.flatMap((one) => Array.from({ length: one.concurrency }, () => run.work(one)));
  const ends = await Promise.allSettled(
    workers.map((worker) =>
      worker.catch((error: unknown) => {
        broken.abort(error);
        throw error;
      }),
    ),
  );
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined && !(signal.aborted && failed.reason === signal.reason)) throw failed.reason;
  const outcome = signal.aborted ? { ...run.outcome, exitCode: 130 } : run.outcome;
  await ports.journal.finishRun(runId, outcome.exitCode);
  const atMs = ports.clock.now();
  ports.reporter.report({ type: "run-finished", runId, atMs, elapsedMs: atMs - startedAtMs, ...outcome });
  return outcome;
}

class WatchRun {
  outcome: RunOutcome = runOutcome([]);
  readonly #request: WatchRequest;
  readonly #ports: RunPorts;
  readonly #startedAtMs: number;
  readonly #all: PQueue;
  readonly #ended = new Set<string>();
  readonly #turns = turnsInFlight();
  readonly #retries = retryBudget();
  #breaker = closedBreaker;
  #isHalted = false;
  #waiting = 0;
  #index = 0;

  constructor(request: WatchRequest, ports: RunPorts, startedAtMs: number) {
    this.#request = request;
    this.#ports = ports;
    this.#startedAtMs = startedAtMs;
    this.#all = new PQueue({ concurrency: request.concurrency });
  }

  async work(watched: WatchedRecipe): Promise<void> {
    const make = (order: JobOrder, money: MoneyRules): Promise<JobRest> => this.#make(order, money);
    const shared = { watched, request: this.#request, ports: this.#ports, ended: this.#ended, make };
    while (!this.#isOver()) {
      const group = await watched.next();
      if (group === undefined || this.#isOver()) return;
      this.#add(await watchGroup(group, shared));
    }
  }

  #isOver(): boolean {
    return this.#isHalted || this.#request.signal.aborted;
  }

  async #make(order: JobOrder, money: MoneyRules): Promise<JobRest> {
    let rest = await this.#drive(order, money);
    while (isRefused(rest) && rest.rest === "came-to-rest") {
      const { jobId, plan } = rest.state;
      if (!(await this.#roomAgain(rest, money))) return rest;
      rest = await this.#drive({ kind: "resumed", jobId, name: plan.name, recipe: plan.recipe }, money);
    }
    return rest;
  }

  async #drive(order: JobOrder, money: MoneyRules): Promise<JobRest> {
    const { runId, overwrite, signal, concurrency, tell } = this.#request;
    const limits = { all: concurrency, ofRecipe: () => concurrency };
    const start: JobStart = {
      request: { runId, orders: [order], concurrency: limits, overwrite, money, signal },
      ports: this.#ports,
      turnsInFlight: this.#turns,
      retryBudget: this.#retries,
      isHeldBack: () => this.#breaker.isOpen,
    };
    const rest = await this.#all.add(() => driveJob({ order, index: this.#index++, total: 0 }, start));
    const wasOpen = this.#breaker.isOpen;
    this.#breaker = afterJob(this.#breaker, rest);
    if (this.#breaker.isOpen) this.#isHalted = true;
    if (this.#breaker.isOpen && !wasOpen) tell({ type: "held-back" });
    return rest;
  }

  /** Waits until the job's next turn fits; false where it never will, or nobody waits. */
  async #roomAgain(rest: Extract<JobRest, { rest: "came-to-rest" }>, money: MoneyRules): Promise<boolean> {
    const { clock, journal } = this.#ports;
    const { once, signal, tell } = this.#request;
    const limitNow = (): ReturnType<typeof fullLimit> =>
      fullLimit(rest.state, { journal, money, nowMs: clock.now(), runStartedAtMs: this.#startedAtMs });
    if ((await limitNow())?.scope === "job") return false;
    if (once) {
      this.#isHalted = true;
      return false;
    }
    this.#waiting += 1;
    if (this.#waiting === 1) tell({ type: "waiting-for-room", why: rest.state.failure?.message ?? "" });
    // Without a limit of ours in the way, only another try shows whether the account was topped up.
    const everyMs = rest.state.failure?.code === "over-budget" ? roomEveryMs : balanceEveryMs;
    do await clock.sleep(everyMs, signal).catch(() => undefined);
    while (!this.#isOver() && (await limitNow()) !== undefined);
    this.#waiting -= 1;
    if (this.#isOver()) return false;
    if (this.#waiting === 0) tell({ type: "room-again" });
    return true;
  }

  #add(rests: readonly JobRest[]): void {
    this.outcome = sumOf(this.outcome, runOutcome(rests));
  }
}

const strongestFirst = [130, 75, 1, 3];

function sumOf(left: RunOutcome, right: RunOutcome): RunOutcome {
  const count = (of: keyof RunOutcome["counts"]): number => (left.counts[of] ?? 0) + (right.counts[of] ?? 0);
  const notStarted = count("notStarted");
  return {
    exitCode: strongestFirst.find((code) => code === left.exitCode || code === right.exitCode) ?? 0,
    counts: {
      succeeded: count("succeeded"),
      upToDate: count("upToDate"),
      failed: count("failed"),
      needsYou: count("needsYou"),
      interrupted: count("interrupted"),
      ...(notStarted > 0 && { notStarted }),
    },
    credits: left.credits + right.credits,
    costUnknown: left.costUnknown || right.costUnknown,
    files: [...left.files, ...right.files],
  };
}
