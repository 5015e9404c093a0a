import type { Journal } from "../../executor/ports.ts";
import { isGivenUp, type JobState } from "../../job/state.ts";
import { readJob, type ReadJob } from "./read-job.ts";

const mostListed = 200;
/** What a person or the recipe put an end to, or the service has forgotten, does not go on when it is taken up. */
const ends: ReadonlySet<string> = new Set(["cancelled", "not-approved", "session-lost"]);

/** What is paid, at least in part, failed before all of it was delivered, and can go on; the newest first. */
export async function paidFailures(journal: Journal): Promise<ReadJob[]> {
  const found: ReadJob[] = [];
  for (const { jobId } of await journal.paidFailures()) {
    const job = await readJob(jobId, journal);
    if (canGoOn(job.state)) found.push(job);
    if (found.length === mostListed) break;
  }
  return found;
}

function canGoOn(state: JobState): boolean {
  const { plan, exports, status, failure } = state;
  if (status !== "failed" || isGivenUp(state) || ends.has(failure?.code ?? "")) return false;
  return plan.steps.some((step) => step.kind === "export" && exports.get(step.key)?.status !== "delivered");
}
