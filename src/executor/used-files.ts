import { stateOf } from "../job/fold.ts";
import type { Journal } from "./ports.ts";

/** Hashes of the files that delivered jobs of a recipe used on a backend: what `since: last-run` leaves out. */
export async function usedFiles(
  { recipe, backend }: { readonly recipe: string; readonly backend: string },
  journal: Journal,
): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const row of await journal.findJobs("")) {
    if (row.recipe !== recipe || row.status !== "finished") continue;
    const state = stateOf(await journal.read(row.jobId));
    if (state?.plan.backend !== backend) continue;
    for (const step of state.plan.steps) {
      if (step.kind === "upload" && step.media.kind === "file" && !step.asset)
        used.add(step.media.file.sha256);
    }
  }
  return used;
}
