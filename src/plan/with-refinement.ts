import type { Hash } from "../base/hash.ts";
import type { ExportStep, PlannedJob, ReviewRefinement, Step } from "./planned-job.ts";
import { exportKey } from "./step-keys.ts";
import { stepLine } from "./step-line.ts";

/**
 * The job with one more refinement behind the draft that a reviewer saw. What comes before it is the same history;
 * all behind it is chained anew, and is still to be done. The job remembers what was asked of it at first.
 */
export function withRefinement(job: PlannedJob, refinement: ReviewRefinement, hash: Hash): PlannedJob {
  const { after, prompt } = refinement;
  const at = job.steps.findIndex((step) => step.kind !== "export" && step.key === after);
  const line = stepLine(after, hash);
  line.turn({ turn: "refinement", prompt, atMost: 1 });
  for (const step of job.steps.slice(at + 1)) {
    if (step.kind === "upload") line.upload(step.media, step.asset);
    else if (step.kind === "export") line.export(ofDraft(step, line.head, hash));
    else {
      const { key: _, kind: __, ...turn } = step;
      line.turn(turn);
    }
  }
  const { steps, paidKey } = line.done();
  const { askedKey = job.paidKey, refinements = [] } = job.refined ?? {};
  return {
    ...job,
    steps: [...job.steps.slice(0, at + 1), ...steps],
    paidKey,
    refined: { askedKey, refinements: [...refinements, refinement] },
  };
}

function ofDraft(step: ExportStep, draftKey: string, hash: Hash): ExportStep {
  return { ...step, draftKey, key: exportKey({ ...step, draftKey }, hash) };
}

/**
 * The job as a reviewer refined it when it was made before; undefined where that former job was not refined, is
 * another one, or where the recipe has since taken the refinement up itself.
 */
export function refinedLike(job: PlannedJob, former: PlannedJob, hash: Hash): PlannedJob | undefined {
  const { refined } = former;
  const [first] = refined?.refinements ?? [];
  if (refined === undefined || first === undefined) return undefined;
  const keys = new Set(job.steps.map(keyOf));
  const next = former.steps[former.steps.findIndex((step) => keyOf(step) === first.after) + 1];
  const isTakenUp = next !== undefined && next.kind === "turn" && keys.has(next.key);
  if (isTakenUp || !keys.has(refined.askedKey)) return undefined;
  return refined.refinements.reduce((one, refinement) => withRefinement(one, refinement, hash), job);
}

const keyOf = (step: Step): string => step.key;
