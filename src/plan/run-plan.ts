import type { Problem } from "../recipe/problem.ts";
import type { CreditRange } from "./estimate.ts";
import type { RecipeFigures } from "./turn-costs.ts";
import type { PlannedJob, Reason } from "./planned-job.ts";

/** One job of a run, with what it will cost and why. */
export interface PlannedRunJob {
  readonly job: PlannedJob;
  readonly reason: Reason;
  /** One sentence for people. */
  readonly why: string;
  /** The former job that serves; absent for a new one. */
  readonly jobId?: string;
  readonly inputs: { readonly count: number; readonly sizeBytes: number };
  readonly turns: { readonly count: number; readonly missing: number };
  /** Bytes that are still to be uploaded from this machine. */
  readonly uploadBytes: number;
  readonly credits: CreditRange;
  /** Paths as people should see them, in the order of their exports. */
  readonly outputs: readonly string[];
  /** What else a person should know before paying. */
  readonly notes: readonly string[];
  /** Credits of paid work that is lost and would be paid again: only with consent. */
  readonly lostCredits?: number;
}

export interface PlannedRecipe {
  readonly name: string;
  readonly file: string;
  /** Most jobs of this recipe at once. */
  readonly concurrency: number;
}

export interface RunTotals {
  readonly jobs: number;
  /** Jobs that may cost credits. */
  readonly paying: number;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  readonly turns: number;
  readonly uploadBytes: number;
  readonly credits: CreditRange;
  readonly outputs: number;
}

/** Credits of the account. */
export interface Balance {
  readonly available: number;
  readonly frozen: number;
  readonly total: number;
}

/** What a budget has left before the run. */
export interface BudgetLeft {
  readonly scope: "job" | "run" | "day" | "month";
  readonly credits: number;
  /** Credits that are neither spent nor reserved; below 0 where a turn cost more than was set aside for it. */
  readonly left: number;
  /** Only what this recipe spends counts; absent: all that this machine spends. */
  readonly recipe?: string;
  /** Where it was set. */
  readonly from: string;
}

/**
 * All that a run would do, as plain JSON, worked out before anything is sent. Where `problems` holds an error the
 * run must not start, and `jobs` is what could be worked out all the same.
 */
export interface RunPlan {
  readonly recipes: readonly PlannedRecipe[];
  readonly jobs: readonly PlannedRunJob[];
  readonly problems: readonly Problem[];
  readonly totals: RunTotals;
  /** What turns are taken to cost, a recipe and skill each; empty on the local backend. */
  readonly figures: readonly RecipeFigures[];
  /** Absent where nobody looked. */
  readonly budgets?: readonly BudgetLeft[];
  /** Absent where the service did not say. */
  readonly balance?: Balance;
  readonly notes: readonly string[];
}
