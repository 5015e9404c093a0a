import { reviewedDraft, type JobState } from "../../job/state.ts";
import type { RunPlan } from "../../plan/run-plan.ts";
import { withRefinement } from "../../plan/with-refinement.ts";
import { countOf } from "../../base/count-of.ts";
import type { Command } from "../call.ts";
import { driveStored } from "../kept-jobs/drive-stored.ts";
import { openJournalFor } from "../open-world.ts";
import { reviewedJobs } from "../kept-jobs/reviewed-jobs.ts";
import { settingsFor } from "../settings.ts";
import { sha256 } from "../sha256.ts";
import { usage } from "../stop.ts";
import { whatIsMissing, type StoredOrder } from "../kept-jobs/stored-order.ts";

/** Makes a reviewer's words the next refinement of a job, and goes on until its next review. */
export const refine: Command = async (call) => {
  const { args, screen } = call;
  const [text = "", prompt = ""] = args;
  if (prompt.trim() === "") throw usage("the refinement is empty: say what is to be changed.");
  const config = await settingsFor(call);
  const journal = await openJournalFor(call, config);
  const waiting = reviewedJobs(text, { journal, config, command: "refine" });
  const [job, ...others] = await waiting.finally(() => journal.close());
  const names = [job, ...others].map(({ state }) => state.jobId);
  if (others.length > 0)
    throw usage(`several jobs of ${text} wait for a review: name one of ${names.join(", ")}`);
  const orders = [refinedOrder(job.state, prompt)];
  const onJudged = (plan: RunPlan): void => screen.note(costText(plan, job.state));
  return driveStored(call, config, { command: "retry", orders, onJudged });
};

function refinedOrder(state: JobState, prompt: string): StoredOrder {
  const plan = withRefinement(state.plan, { after: reviewedDraft(state) ?? "", prompt }, sha256);
  const reuse = whatIsMissing(state, plan);
  return { plan, order: { kind: "planned", job: plan, reason: reuse.reason, jobId: state.jobId }, reuse };
}

function costText({ totals: { credits, turns } }: RunPlan, { plan }: JobState): string {
  if (plan.backend === "local") return "local preview: the refinement costs nothing";
  const { low, high } = credits;
  const sum = low === high ? countOf(low, "credit") : `${low} to ${countOf(high, "credit")}`;
  return turns > 1
    ? `the refinement and the ${turns - 1} turns behind it cost ${sum}`
    : `the refinement costs ${sum}`;
}
