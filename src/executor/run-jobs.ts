// executor/: Drives jobs: asks job/ what is next, does it through ports, records, reports; one queue, all limits.
import PQueue from "p-queue";
import type { NewId } from "../base/ids.ts";
import type { Hash } from "../base/hash.ts";
import type { PlannedJob, Reason } from "../plan/planned-job.ts";
import { driveJob, type JobStart } from "./drive-job.ts";
import type { Clock, Files, Journal, NemoService, Reporter } from "./ports.ts";
import { runOutcome, type JobRest, type RunOutcome } from "./run-outcome.ts";
import { turnsInFlight } from "./turns-in-flight.ts";

export interface RunPorts {
  readonly service: NemoService;
  readonly journal: Journal;
  readonly files: Files;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly newId: NewId;
  /** A number from 0 to 1. */
  readonly chance: () => number;
}

/** A job that a run is asked to bring to its end. */
export type JobOrder =
  | { readonly kind: "planned"; readonly job: PlannedJob; readonly reason: Reason; readonly jobId?: string }
  | { readonly kind: "resumed"; readonly jobId: string; readonly name: string; readonly recipe: string };

export interface RunRequest {
  readonly runId: string;
  readonly orders: readonly JobOrder[];
  /** Most jobs at once: over all recipes, and of each recipe by its name. */
  readonly concurrency: { readonly all: number; readonly ofRecipe: (recipe: string) => number };
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

/**
 * Runs jobs side by side within both limits, and tells how it ended. A job that fails never stops the others; a
 * journal that cannot be written stops all, since nothing may be sent that is not on record.
 */
export async function runJobs(request: RunRequest, ports: RunPorts): Promise<RunOutcome> {
  const { runId, orders, signal } = request;
  const startedAtMs = ports.clock.now();
  const recipes = [...new Set(orders.map(recipeOf))];
  await ports.journal.startRun({ runId, recipes });
  ports.reporter.report({ type: "run-started", runId, atMs: startedAtMs, jobs: orders.length });
  const broken = new AbortController();
  const start: JobStart = {
    request: { ...request, signal: AbortSignal.any([signal, broken.signal]) },
    ports,
    turnsInFlight: turnsInFlight(),
  };
  const all = new PQueue({ concurrency: request.concurrency.all });
  const queues = new Map(recipes.map((recipe) => [recipe, queueFor(request, recipe)]));
  const rests: JobRest[] = [];
  const runs = orders.map((order, index) =>
    queues.get(recipeOf(order))?.add(() =>
      all.add(async () => {
        rests[index] = await driveJob({ order, index, total: orders.length }, start).catch(
          (error: unknown) => {
            broken.abort(error);
            throw error;
          },
        );
      }),
    ),
  );
  const failed = (await Promise.allSettled(runs)).find((run) => run.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  const outcome = runOutcome(rests);
  await ports.journal.finishRun(runId, outcome.exitCode);
  const atMs = ports.clock.now();
  ports.reporter.report({ type: "run-finished", runId, atMs, elapsedMs: atMs - startedAtMs, ...outcome });
  return outcome;
}

function queueFor(request: RunRequest, recipe: string): PQueue {
  return new PQueue({ concurrency: request.concurrency.ofRecipe(recipe) });
}

function recipeOf(order: JobOrder): string {
  return order.kind === "planned" ? order.job.recipe : order.recipe;
}
