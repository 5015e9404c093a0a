import { assert } from "../base/assert.ts";
import type { CostQuery, SpendQuery } from "../executor/ports.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { RecordedEvent } from "../job/event.ts";
import { overBudget } from "../job/over-budget.ts";
import { addSpending, noSpending, spendChange, type Spending, type SpendState } from "../job/spending.ts";
import type { PlannedJob, TurnStep } from "../plan/planned-job.ts";
import type { CostSample } from "../plan/turn-costs.ts";
import { longestTurnMs } from "./longest-turn.ts";
import { mostSamples } from "./most-samples.ts";

interface Sending {
  readonly jobId: string;
  readonly runId: string;
  readonly key: string;
  readonly turn: TurnStep["turn"];
  readonly recipe: string;
  readonly skill: string;
  readonly backend: string;
  readonly atMs: number;
  readonly reserved: number;
  state: SpendState;
  endedAtMs?: number | undefined;
  measured?: number | undefined;
}

export interface SpendOwner {
  readonly runId: string;
  readonly plan?: PlannedJob;
}

/** The spend table of the memory journal: the durable one's answers, row by row. */
export interface MemorySpend {
  check(recorded: RecordedEvent, owner: SpendOwner, limits: readonly BudgetLimit[]): void;
  record(recorded: RecordedEvent, owner: SpendOwner): void;
  spent(query: SpendQuery): Spending;
  samples(query: CostQuery): CostSample[];
  isBlurred(jobId: string): boolean;
  mayHaveCost(jobId: string): boolean;
}

export function memorySpend(): MemorySpend {
  const sendings: Sending[] = [];
  const sum = (isMeant: (sending: Sending) => boolean): Spending =>
    sendings.filter((one) => one.backend !== "local" && isMeant(one)).reduce(addSpending, noSpending);

  return {
    check({ jobId, event }, { runId }, limits) {
      if (limits.length === 0) return;
      const intent = spendChange(event);
      assert(intent?.type === "begin", `${event.type} is no turn, and spends nothing`);
      for (const limit of limits) {
        const spending = sum((one) => isWithin(one, limit, { jobId, runId }));
        const refused = overBudget(limit, { spending, reserve: intent.reserved });
        if (refused !== undefined) throw refused;
      }
    },
    record({ jobId, atMs, event }, { runId, plan }) {
      const known = spendChange(event);
      if (known?.type === "begin") {
        const { key, reserved } = known;
        const step = plan?.steps.find((one) => one.key === key);
        const turn = known.turn ?? (step?.kind === "turn" ? step.turn : "prompt");
        const { recipe = "", backend = "" } = plan ?? {};
        const skill = plan?.skill.name ?? "";
        sendings.push({ jobId, runId, key, turn, recipe, skill, backend, atMs, reserved, state: "reserved" });
      }
      if (known?.type !== "change") return;
      const newest = sendings.findLast((one) => one.jobId === jobId && one.key === known.key);
      const endedAtMs = known.state === "reserved" ? undefined : (known.openUntilMs ?? atMs);
      if (newest !== undefined)
        Object.assign(newest, { state: known.state, measured: known.measured, endedAtMs });
    },
    spent: ({ sinceMs, recipe, jobId, backend }) =>
      sum(
        (one) =>
          one.atMs >= sinceMs &&
          (recipe === undefined || one.recipe === recipe) &&
          (backend === undefined || one.backend === backend) &&
          (jobId === undefined || one.jobId === jobId),
      ),
    isBlurred(jobId) {
      const own = sendings.findLast((one) => one.jobId === jobId);
      return own !== undefined && sendings.some((one) => blurs(one, own));
    },
    mayHaveCost: (jobId) =>
      sendings.some(
        ({ state, measured, ...one }) =>
          one.jobId === jobId &&
          one.backend !== "local" &&
          (measured === undefined ? state !== "released" : measured > 0),
      ),
    samples({ backend, of, name }) {
      const measured = sendings
        .filter((one) => one.backend === backend && one[of] === name && one.state === "settled")
        .flatMap(({ turn, atMs, measured }) =>
          measured === undefined ? [] : [{ turn, atMs, credits: measured }],
        )
        .sort((left, right) => right.atMs - left.atMs);
      return (["prompt", "refinement", "variant"] as const).flatMap((kind) =>
        measured
          .filter(({ turn }) => turn === kind)
          .slice(0, mostSamples)
          .map(({ turn, credits }) => ({ turn, credits })),
      );
    },
  };
}

function blurs(other: Sending, own: Sending): boolean {
  if (other.jobId === own.jobId || other.backend !== own.backend || other.backend === "local") return false;
  return other.state !== "released" && (other.endedAtMs ?? other.atMs + longestTurnMs) >= own.atMs;
}

function isWithin(
  one: Sending,
  { scope, recipe, sinceMs = 0 }: BudgetLimit,
  { jobId, runId }: { readonly jobId: string; readonly runId: string },
): boolean {
  if (recipe !== undefined && one.recipe !== recipe) return false;
  if (scope === "job") return one.jobId === jobId;
  if (scope === "run") return one.runId === runId;
  return one.atMs >= sinceMs;
}
