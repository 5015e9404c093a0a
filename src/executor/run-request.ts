import type { Hash } from "../base/hash.ts";
import type { NewId } from "../base/ids.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { PlannedJob, Reason, TurnStep } from "../plan/planned-job.ts";
import type { Clock, Files, Journal, NemoService, Reporter } from "./ports.ts";

export interface RunPorts {
  readonly service: NemoService;
  readonly journal: Journal;
  readonly files: Files;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly newId: NewId;
  /** A number from 0 to 1. */
  readonly chance: () => number;
}

/** A job that a run is asked to bring to its end. */
export type JobOrder =
  | { readonly kind: "planned"; readonly job: PlannedJob; readonly reason: Reason; readonly jobId?: string }
  | { readonly kind: "resumed"; readonly jobId: string; readonly name: string; readonly recipe: string };

/** What a turn may cost, decided by the roots: they know the budgets, the calendar and the history. */
export interface MoneyRules {
  /** The limits that a job's next turn must fit into. */
  limitsFor(job: PlannedJob, nowMs: number): readonly BudgetLimit[];
  /** Credits to set aside for one sending of a turn: the most that it is known to cost. */
  reserveFor(job: PlannedJob, step: TurnStep): number;
}

export interface RunRequest {
  readonly runId: string;
  readonly orders: readonly JobOrder[];
  /** Most jobs at once: over all recipes, and of each recipe by its name. */
  readonly concurrency: { readonly all: number; readonly ofRecipe: (recipe: string) => number };
  readonly overwrite: boolean;
  readonly money: MoneyRules;
  /** Fetches what is paid already, and sends no turn, whatever the jobs still have to do. */
  readonly isFree?: boolean;
  /** True once a person has read the service's last words, and has said what comes next. */
  readonly isAnswered?: () => boolean;
  readonly signal: AbortSignal;
}
