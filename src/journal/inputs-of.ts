import type { FoundFile, PlannedJob } from "../plan/planned-job.ts";

/** The files that a job takes as inputs: no assets, and no addresses. */
export function inputsOf({ steps }: PlannedJob): readonly FoundFile[] {
  return steps.flatMap((step) =>
    step.kind === "upload" && !step.asset && step.media.kind === "file" ? [step.media.file] : [],
  );
}
