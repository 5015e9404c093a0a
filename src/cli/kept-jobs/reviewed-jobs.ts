import type { Config } from "../../config/config.ts";
import type { Journal } from "../../executor/ports.ts";
import { reviewedDraft, type JobState } from "../../job/state.ts";
import { backendElsewhere } from "../backend-elsewhere.ts";
import { jobsMeant } from "./jobs-meant.ts";
import type { ReadJob } from "./read-job.ts";
import { usage } from "../stop.ts";

/**
 * The jobs that wait for a review, or that nobody approved in time, among those that the text means. Stops with exit 2
 * where there is none, or where one was made at another service than the one that is set.
 */
export async function reviewedJobs(
  text: string,
  {
    journal,
    config,
    command,
  }: { readonly journal: Journal; readonly config: Config; readonly command: string },
): Promise<readonly [ReadJob, ...ReadJob[]]> {
  const waits = (state: JobState): boolean => reviewedDraft(state) !== undefined;
  const meant = await jobsMeant(text, journal, waits);
  const [first, ...others] = meant.filter(({ state }) => waits(state));
  if (first === undefined)
    throw usage(
      `${meant.length === 1 ? (meant[0]?.state.plan.name ?? text) : `no job of ${text}`} ${meant.length === 1 ? "does not wait" : "waits"} for a review.`,
      "nemo-recipe status lists what waits.",
      "nothing-to-do",
    );
  for (const { state } of [first, ...others]) {
    const backend = backendElsewhere(state.plan, config);
    if (backend !== undefined)
      throw usage(`${state.plan.name} began on ${backend}.`, `nemo-recipe ${command} … --backend ${backend}`);
  }
  return [first, ...others];
}
