import type { CreditRange } from "../plan/estimate.ts";
import type { FixedCheck, PlannedJob, Reason, Step } from "../plan/planned-job.ts";
import type {
  Balance,
  BudgetLeft,
  PlannedRecipe,
  PlannedRunJob,
  RunPlan,
  RunTotals,
} from "../plan/run-plan.ts";
import type { Problem } from "../recipe/problem.ts";

/** A plan for programs. Bytes and credits are numbers, paths absolute; masked values stay masked. */
export interface PlanJson {
  readonly type: "plan";
  readonly recipes: readonly PlannedRecipe[];
  readonly jobs: readonly PlanJobJson[];
  readonly problems: readonly Problem[];
  readonly totals: RunTotals;
  readonly figures: RunPlan["figures"];
  readonly budgets?: readonly BudgetLeft[];
  readonly balance?: Balance;
  readonly notes: readonly string[];
}

export interface PlanJobJson {
  readonly name: string;
  readonly recipe: string;
  readonly index: number;
  readonly total: number;
  readonly reason: Reason;
  readonly why: string;
  readonly jobId?: string;
  readonly take?: number;
  readonly sameAs?: readonly string[];
  readonly backend: string;
  readonly skill: PlannedJob["skill"];
  readonly language: string;
  readonly steps: readonly PlanStepJson[];
  readonly turns: { readonly count: number; readonly missing: number };
  readonly uploadBytes: number;
  readonly credits: CreditRange;
  readonly paidKey: string;
  readonly notes: readonly string[];
}

export type PlanStepJson =
  | {
      readonly step: "upload";
      readonly path?: string;
      readonly url?: string;
      readonly sizeBytes?: number;
      readonly sha256?: string;
      readonly asset: boolean;
    }
  | {
      readonly step: "turn";
      readonly turn: string;
      readonly prompt: string;
      readonly name?: string;
      readonly unless?: FixedCheck;
      readonly atMost: number;
    }
  | {
      readonly step: "export";
      readonly path: string;
      readonly format: string;
      readonly quality: string;
      readonly variant?: string;
      readonly expect?: FixedCheck;
      /** It is only to be looked at. */
      readonly preview?: true;
    };

export function planJson(plan: RunPlan): PlanJson {
  const { recipes, jobs, problems, totals, figures, budgets, balance, notes } = plan;
  return {
    type: "plan",
    recipes,
    jobs: jobs.map(jobJson),
    problems,
    totals,
    figures,
    ...(budgets !== undefined && { budgets }),
    ...(balance !== undefined && { balance }),
    notes,
  };
}

function jobJson(one: PlannedRunJob): PlanJobJson {
  const { name, recipe, index, total, take, sameAs, backend, skill, language, steps, paidKey } = one.job;
  const { reason, why, jobId, turns, uploadBytes, credits, notes } = one;
  return {
    name,
    recipe,
    index,
    total,
    reason,
    why,
    ...(jobId !== undefined && { jobId }),
    ...(take !== undefined && { take }),
    ...(sameAs !== undefined && { sameAs }),
    backend,
    skill,
    language,
    steps: steps.map(stepJson),
    turns,
    uploadBytes,
    credits,
    paidKey,
    notes,
  };
}

function stepJson(step: Step): PlanStepJson {
  switch (step.kind) {
    case "upload": {
      const { media, asset } = step;
      if (media.kind === "url") return { step: "upload", url: media.url, asset };
      const { path, sizeBytes, sha256 } = media.file;
      return { step: "upload", path, sizeBytes, sha256, asset };
    }
    case "turn": {
      const { kind: _, key: __, ...turn } = step;
      return { step: "turn", ...turn };
    }
    case "export": {
      const { path, format, quality, variant, expect, preview } = step;
      const more = {
        ...(variant !== undefined && { variant }),
        ...(expect !== undefined && { expect }),
        ...(preview !== undefined && { preview }),
      };
      return { step: "export", path, format, quality, ...more };
    }
  }
}
