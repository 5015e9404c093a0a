import { stateOf } from "../job/fold.ts";
import type { Journal } from "./ports.ts";

/** Hashes of the files that delivered jobs of a recipe used: what `since: last-run` leaves out. */
export async function usedFiles(recipe: string, journal: Journal): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const row of await journal.findJobs("")) {
    if (row.recipe !== recipe || row.status !== "finished") continue;
    const state = stateOf(await journal.read(row.jobId));
    for (const step of state?.plan.steps ?? []) {
      if (step.kind === "upload" && step.media.kind === "file" && !step.asset)
        used.add(step.media.file.sha256);
    }
  }
  return used;
}
