import { areDelivered } from "../executor/are-delivered.ts";
import { endForGood } from "../executor/end-for-good.ts";
import { inputLock } from "../executor/input-lock.ts";
import type { RunPorts } from "../executor/run-request.ts";
import type { WatchedRecipe } from "../executor/watch-request.ts";
import type { JobState } from "../job/state.ts";
import type { FoundFile } from "../plan/planned-job.ts";
import { readJobs } from "./kept-jobs/read-job.ts";

type Ports = Pick<RunPorts, "journal" | "files">;

/** Puts the files of a job aside that a watch brought, where every job that takes them has ended for good. */
export async function putFilesAside(
  { plan: { recipe, backend, steps } }: Pick<JobState, "plan">,
  after: WatchedRecipe["after"],
  ports: Ports,
): Promise<void> {
  for (const step of steps) {
    if (step.kind !== "upload" || step.asset || step.media.kind !== "file") continue;
    const { file } = step.media;
    const lock = await ports.journal.lock(inputLock(recipe, file.sha256));
    // Who is at work with it has other jobs to make of it.
    if (lock === undefined) continue;
    try {
      await putAside(file, { recipe, backend, after, ports });
    } finally {
      await lock.release();
    }
  }
}

async function putAside(
  file: FoundFile,
  {
    recipe,
    backend,
    after,
    ports,
  }: {
    readonly recipe: string;
    readonly backend: string;
    readonly after: WatchedRecipe["after"];
    readonly ports: Ports;
  },
): Promise<void> {
  const uses = await ports.journal.findByInput({ recipe, backend, sha256: file.sha256 });
  const ids = uses.map(({ jobId }) => jobId);
  const ends = new Set((await readJobs(ids, ports.journal)).map(({ state }) => endForGood(state)));
  if (ends.has(undefined)) return;
  const end = ends.has("failed") ? "failed" : "delivered";
  await after(file, { end, isVerified: end === "delivered" && (await areDelivered(ids, ports)) });
}
