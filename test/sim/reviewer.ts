import { stateOf } from "../../src/job/fold.ts";
import { reviewedDraft, type JobState } from "../../src/job/state.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { JobOrder } from "../../src/executor/run-request.ts";
import type { ExportStep, PlannedJob } from "../../src/plan/planned-job.ts";
import { exportKey } from "../../src/plan/step-keys.ts";
import { withRefinement } from "../../src/plan/with-refinement.ts";
import { sha256 } from "../support/planned-job.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";

/** A person who looks at drafts between the lives of a story. Has a chance of its own, so that it moves no other. */
export interface Reviewer {
  /** The plan, in a third of all cases with a gate before its exports, and mostly a preview. */
  prepare(job: PlannedJob): PlannedJob;
  /** Decides what waits; returns the orders for it. Undecided jobs wait on. */
  look(journal: Journal, mustDecide: boolean): Promise<JobOrder[]>;
}

const mostRefinements = 2;

export function reviewerOf(seed: number): Reviewer {
  const random = seededRandom(seed * 31 + 17);
  return {
    prepare: (job) => (random.chance(0.33) ? gated(job, random.chance(0.7)) : job),
    async look(journal, mustDecide) {
      const orders: JobOrder[] = [];
      for (const { jobId } of await journal.findJobs("")) {
        const state = stateOf(await journal.read(jobId));
        const key = state === undefined ? undefined : reviewedDraft(state);
        if (state === undefined || key === undefined) continue;
        const order = await decide(state, key, { journal, random, mustDecide });
        if (order !== undefined) orders.push(order);
      }
      return orders;
    },
  };
}

interface Desk {
  readonly journal: Journal;
  readonly random: Random;
  readonly mustDecide: boolean;
}

async function decide(state: JobState, key: string, desk: Desk): Promise<JobOrder | undefined> {
  const { journal, random, mustDecide } = desk;
  const { jobId, plan } = state;
  const done = plan.refined?.refinements.length ?? 0;
  const mood = mustDecide ? 0 : random.next();
  if (mood > 0.8) return undefined;
  if (mood > 0.5 && done < mostRefinements) {
    const job = withRefinement(plan, { after: key, prompt: `${plan.name}, refinement ${done}` }, sha256);
    return { kind: "planned", job, reason: "go-on", jobId };
  }
  await journal.append(jobId, { type: "review-decided", key, decision: "approve", by: "person" }, state.seq);
  return { kind: "resumed", jobId, name: plan.name, recipe: plan.recipe };
}

function gated(job: PlannedJob, hasPreview: boolean): PlannedJob {
  const review = { atDeadline: "stop" } as const;
  if (!hasPreview) return { ...job, review };
  const shown = new Set<string>();
  const steps = job.steps.flatMap((step) => {
    if (step.kind !== "export" || shown.has(step.draftKey)) return [step];
    shown.add(step.draftKey);
    return [previewOf(step), step];
  });
  return { ...job, review, steps };
}

function previewOf({ draftKey, path }: ExportStep): ExportStep {
  const settings = { draftKey, format: "mp4", quality: "low", path: `${path}.preview.mp4` } as const;
  return {
    kind: "export",
    key: exportKey(settings, sha256),
    ...settings,
    shownPath: settings.path,
    preview: true,
  };
}
