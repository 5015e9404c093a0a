import { sumCredits } from "./estimate.ts";
import type { Reason } from "./planned-job.ts";
import type { PlannedRunJob, RunTotals } from "./run-plan.ts";

export function planTotals(jobs: readonly PlannedRunJob[]): RunTotals {
  const reasons: Partial<Record<Reason, number>> = {};
  for (const { reason } of jobs) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const sum = (amount: (job: PlannedRunJob) => number): number =>
    jobs.reduce((total, job) => total + amount(job), 0);
  return {
    jobs: jobs.length,
    paying: jobs.filter((job) => job.credits.high > 0).length,
    reasons,
    turns: sum((job) => job.turns.missing),
    uploadBytes: sum((job) => job.uploadBytes),
    credits: sumCredits(jobs.map((job) => job.credits)),
    outputs: sum((job) => job.outputs.length),
  };
}
