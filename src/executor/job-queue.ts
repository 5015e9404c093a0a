import PQueue from "p-queue";
import { afterJob, closedBreaker } from "./circuit-breaker.ts";
import { driveJob, type JobPlace, type JobStart } from "./drive-job.ts";
import { goOnAfterOutage } from "./go-on-after-outage.ts";
import type { Outage } from "./outage.ts";
import { retryBudget } from "./retry-budget.ts";
import type { JobRest } from "./run-outcome.ts";
import type { RunPorts, RunRequest } from "./run-request.ts";
import { turnsInFlight } from "./turns-in-flight.ts";

export interface QueuedRun {
  readonly request: Omit<RunRequest, "orders" | "concurrency">;
  readonly ports: RunPorts;
  /** Most jobs of a recipe at once. */
  readonly ofRecipe: (recipe: string) => number;
  /** Called before the next job may start, where the journal could not be written. */
  readonly onBroken?: (error: unknown) => void;
}

export interface JobQueue {
  /** Drives a job when both limits have room, until it rests. Rejects where the journal cannot be written. */
  drive(place: JobPlace, run: QueuedRun): Promise<JobRest>;
  /** From now on so many jobs at once. */
  limitTo(concurrency: number): void;
  /** Too many jobs in a row cost and brought nothing: no further one starts. */
  readonly isHeldBack: boolean;
  /** A person has looked at what held the queue back. */
  letGoOn(): void;
  readonly running: number;
  readonly waiting: number;
}

/** Nothing is at work, and nothing waits for its place. */
export const isIdle = ({ running, waiting }: Pick<JobQueue, "running" | "waiting">): boolean =>
  running + waiting === 0;

export interface QueueOptions {
  /** Jobs of all runs at once. */
  readonly concurrency: number;
  /** Waits for a service that does not answer; without it a job fails then. */
  readonly outage?: Outage;
  /** Told how each job came to rest. */
  readonly onRest?: (rest: JobRest, recipe: string) => void;
  /** Called when the queue begins to hold jobs back. */
  readonly onHeldBack?: () => void;
}

/**
 * The one queue of a process: runs that share it keep its limits together.
 *
 * Owns: the places for jobs, the repeats that calls have left, the breaker, which turns run at once.
 * Talks to: the job's driver.
 * Invariants: never more jobs at once than both limits; once held back, no job that costs starts until a person has
 * looked.
 */
export function jobQueue({ concurrency, outage, onRest, onHeldBack }: QueueOptions): JobQueue {
  const all = new PQueue({ concurrency });
  const queues = new Map<string, PQueue>();
  const shared = { turnsInFlight: turnsInFlight(), retryBudget: retryBudget() };
  let breaker = closedBreaker;
  let asked = 0;

  const queueOf = (recipe: string, limit: number): PQueue => {
    const queue = queues.get(recipe) ?? new PQueue({ concurrency: limit });
    queues.set(recipe, queue);
    if (queue.concurrency !== limit) queue.concurrency = limit;
    return queue;
  };
  const drive = async (place: JobPlace, { request, ports }: QueuedRun): Promise<JobRest> => {
    const start: JobStart = {
      ...shared,
      request,
      ports,
      isHeldBack: () => breaker.isOpen && request.isFree !== true,
    };
    const first = await driveJob(place, start);
    const rest = outage === undefined ? first : await goOnAfterOutage(first, { place, start, outage });
    const wasOpen = breaker.isOpen;
    breaker = afterJob(breaker, rest);
    if (breaker.isOpen && !wasOpen) onHeldBack?.();
    return rest;
  };
  const driveNow = (place: JobPlace, run: QueuedRun): Promise<JobRest> =>
    drive(place, run).catch((error: unknown) => {
      run.onBroken?.(error);
      throw error;
    });

  return {
    async drive(place, run) {
      const { order } = place;
      const recipe = order.kind === "planned" ? order.job.recipe : order.recipe;
      asked += 1;
      try {
        const rest = await queueOf(recipe, run.ofRecipe(recipe)).add(() =>
          all.add(() => driveNow(place, run)),
        );
        onRest?.(rest, recipe);
        return rest;
      } finally {
        asked -= 1;
      }
    },
    limitTo: (most) => void (all.concurrency = most),
    get isHeldBack() {
      return breaker.isOpen;
    },
    letGoOn: () => void (breaker = closedBreaker),
    get running() {
      return all.pending;
    },
    get waiting() {
      return asked - all.pending;
    },
  };
}
