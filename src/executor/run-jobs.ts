// executor/: Drives jobs: asks job/ what is next, does it through ports, records, reports; one queue, all limits.
import PQueue from "p-queue";
import { afterJob, closedBreaker } from "./circuit-breaker.ts";
import { mayBeLive } from "../job/state.ts";
import { driveJob, type JobStart } from "./drive-job.ts";
import type { JobOrder, RunPorts, RunRequest } from "./run-request.ts";
import { leaveLive } from "./leave-live.ts";
import { runOutcome, type JobRest, type RunOutcome } from "./run-outcome.ts";
import { retryBudget } from "./retry-budget.ts";
import { turnsInFlight } from "./turns-in-flight.ts";

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
  let breaker = closedBreaker;
  const start: JobStart = {
    request: { ...request, signal: AbortSignal.any([signal, broken.signal]) },
    ports,
    turnsInFlight: turnsInFlight(),
    retryBudget: retryBudget(),
    isHeldBack: () => breaker.isOpen && request.isFree !== true,
  };
  const all = new PQueue({ concurrency: request.concurrency.all });
  const queues = new Map(recipes.map((recipe) => [recipe, queueFor(request, recipe)]));
  const rests: JobRest[] = [];
  const runs = orders.map((order, index) =>
    queues.get(recipeOf(order))?.add(() =>
      all.add(async () => {
        const rest = await driveJob({ order, index, total: orders.length }, start).catch((error: unknown) => {
          broken.abort(error);
          throw error;
        });
        rests[index] = rest;
        breaker = afterJob(breaker, rest);
      }),
    ),
  );
  const failed = (await Promise.allSettled(runs)).find((run) => run.status === "rejected");
  if (failed !== undefined) throw rests.some(isLive) ? leaveLive(failed.reason) : failed.reason;
  const outcome = runOutcome(rests);
  await ports.journal.finishRun(runId, outcome.exitCode);
  const atMs = ports.clock.now();
  ports.reporter.report({ type: "run-finished", runId, atMs, elapsedMs: atMs - startedAtMs, ...outcome });
  return outcome;
}

function isLive(rest: JobRest): boolean {
  return rest.rest === "came-to-rest" && mayBeLive(rest.state);
}

function queueFor(request: RunRequest, recipe: string): PQueue {
  return new PQueue({ concurrency: request.concurrency.ofRecipe(recipe) });
}

function recipeOf(order: JobOrder): string {
  return order.kind === "planned" ? order.job.recipe : order.recipe;
}
