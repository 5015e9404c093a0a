import type { JobQueue } from "./job-queue.ts";
import type { RunOutcome } from "./ports.ts";
import type { RunPorts } from "./run-request.ts";
import { openWatchRun } from "./watch-run.ts";
import type { WatchedRecipe, WatchRequest } from "./watch-request.ts";

/**
 * Makes videos of what watched folders bring, in one run that lasts as long as the watch. A journal that cannot be
 * written ends all.
 */
export async function runWatch(
  request: WatchRequest & { readonly watched: readonly WatchedRecipe[] },
  ports: RunPorts,
  queue: JobQueue,
): Promise<RunOutcome> {
  const { signal, watched } = request;
  const broken = new AbortController();
  const run = await openWatchRun({ ...request, signal: AbortSignal.any([signal, broken.signal]) }, ports, {
    queue,
    recipes: watched.map(({ recipe }) => recipe),
  });
  const ends = await Promise.allSettled(
    watched.map((one) =>
      run.work(one).catch((error: unknown) => {
        broken.abort(error);
        throw error;
      }),
    ),
  );
  const failed = ends.find((end) => end.status === "rejected");
  if (failed !== undefined && !(signal.aborted && failed.reason === signal.reason)) throw failed.reason;
  return run.finish(signal.aborted);
}
