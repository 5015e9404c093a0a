import { stateOf } from "../job/fold.ts";
import { isWantedExport } from "../plan/is-wanted-export.ts";
import type { RunPorts } from "./run-request.ts";

/** Whether everything that the jobs delivered stands in its place as it was delivered. */
export async function areDelivered(
  jobIds: readonly string[],
  { journal, files }: Pick<RunPorts, "journal" | "files">,
): Promise<boolean> {
  for (const jobId of jobIds) {
    const state = stateOf(await journal.read(jobId));
    if (state?.status !== "finished") return false;
    for (const step of state.plan.steps.filter(isWantedExport)) {
      const delivered = state.exports.get(step.key)?.delivered;
      if (delivered === undefined || delivered.unmet.length > 0) return false;
      if ((await files.hashOf(delivered.path)) !== delivered.facts.sha256) return false;
    }
  }
  return jobIds.length > 0;
}
