// executor/: Drives jobs: asks job/ what is next, does it through ports, records, reports; one queue, all limits.
import { mayBeLive } from "../job/state.ts";
import { jobQueue, type JobQueue, type QueuedRun } from "./job-queue.ts";
import { leaveLive } from "./leave-live.ts";
import type { RunOutcome } from "./ports.ts";
import { runOutcome, type JobRest } from "./run-outcome.ts";
import type { JobOrder, RunPorts, RunRequest } from "./run-request.ts";

/**
 * Runs jobs side by side within both limits, and tells how it ended. A job that fails never stops the others; a
 * journal that cannot be written stops all, since nothing may be sent that is not on record.
 */
export async function runJobs(
  request: RunRequest,
  ports: RunPorts,
  queue: JobQueue = jobQueue({ concurrency: request.concurrency.all }),
): Promise<RunOutcome> {
  const { runId, orders, signal, concurrency } = request;
  const startedAtMs = ports.clock.now();
  const recipes = [...new Set(orders.map(recipeOf))];
  await ports.journal.startRun({ runId, recipes });
  ports.reporter.report({ type: "run-started", runId, atMs: startedAtMs, jobs: orders.length });
  const broken = new AbortController();
  const run: QueuedRun = {
    request: { ...request, signal: AbortSignal.any([signal, broken.signal]) },
    ports,
    ofRecipe: concurrency.ofRecipe,
    onBroken: (error) => broken.abort(error),
  };
  const ends = await Promise.allSettled(
    orders.map((order, index) => queue.drive({ order, index, total: orders.length }, run)),
  );
  const rests = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  const failed = ends.find((end) => end.status === "rejected");
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

function recipeOf(order: JobOrder): string {
  return order.kind === "planned" ? order.job.recipe : order.recipe;
}
