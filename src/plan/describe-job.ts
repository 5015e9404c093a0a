import { estimateCredits } from "./estimate.ts";
import { isWantedExport } from "./is-wanted-export.ts";
import type { PlannedJob } from "./planned-job.ts";
import type { Reuse } from "./reuse.ts";
import type { PlannedRunJob } from "./run-plan.ts";
import type { TurnCosts } from "./turn-costs.ts";

/** A job and how it is made, as the plan shows it. */
export function describeJob(
  job: PlannedJob,
  reuse: Reuse,
  { notes, costs }: { readonly notes: readonly string[]; readonly costs: TurnCosts },
): PlannedRunJob {
  const idle = reuse.reason === "up-to-date" || reuse.reason === "busy" || reuse.reason === "parked";
  const open = idle ? [] : reuse.missing;
  const outputs = job.steps.filter(isWantedExport).map(({ shownPath }) => shownPath);
  const uploads = job.steps.filter((step) => step.kind === "upload");
  const missingTurns = open.filter((step) => step.kind === "turn").length;
  return {
    job,
    reason: reuse.reason,
    why: reuse.why,
    ...(reuse.jobId !== undefined && { jobId: reuse.jobId }),
    inputs: { count: uploads.length, sizeBytes: sizeOf(uploads) },
    turns: { count: job.steps.filter((step) => step.kind === "turn").length, missing: missingTurns },
    uploadBytes: sizeOf(open),
    credits: estimateCredits(open, job.backend, costs),
    outputs,
    notes: [
      ...notes,
      ...unsettledNote(job, reuse, costs),
      ...sameAsNote(job),
      ...(idle ? [] : reviewNote(job)),
    ],
    ...(reuse.lostCredits !== undefined && { lostCredits: reuse.lostCredits }),
  };
}

/** Its cost is no estimate of what is still to be sent, and no measured one either. */
function unsettledNote({ backend }: PlannedJob, { unsettled = [] }: Reuse, costs: TurnCosts): string[] {
  const most = unsettled.reduce((sum, { turn }) => sum + costs[turn].high, 0);
  if (backend === "local" || most === 0) return [];
  return [
    `a prompt was sent and its outcome is open: it may have cost up to ${most} credits, not counted here`,
  ];
}

function sizeOf(steps: readonly PlannedJob["steps"][number][]): number {
  return steps.reduce(
    (sum, step) =>
      step.kind === "upload" && step.media.kind === "file" ? sum + step.media.file.sizeBytes : sum,
    0,
  );
}

function sameAsNote({ sameAs }: PlannedJob): string[] {
  if (sameAs === undefined) return [];
  const few = sameAs.slice(0, 3).join(", ") + (sameAs.length > 3 ? ` and ${sameAs.length - 3} more` : "");
  return [`paid once for ${few} as well: they ask for the same`];
}

function reviewNote({ review, refined }: PlannedJob): string[] {
  const { length = 0 } = refined?.refinements ?? [];
  const more =
    length === 0 ? [] : [`with ${length === 1 ? "a refinement" : `${length} refinements`} from its review`];
  return review === undefined ? more : [...more, "stops for your review before it exports"];
}
