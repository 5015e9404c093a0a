import { stateOf } from "../job/fold.ts";
import type { JobState } from "../job/state.ts";
import type { PlannedJob, Step } from "../plan/planned-job.ts";
import type { FormerJob } from "../plan/reuse.ts";
import type { Journal } from "./ports.ts";

export interface FormerWork {
  /** The takes of jobs that begin with the same uploads, and are of the same recipe or have the same first turn. */
  takes(job: PlannedJob): Promise<ReadonlySet<number>>;
  /** The names of the recipes of all jobs that begin with the same uploads. */
  recipes(job: PlannedJob): Promise<ReadonlySet<string>>;
  /** Former jobs that begin with the same uploads and the same first turn, the newest first. */
  alike(job: PlannedJob): Promise<readonly FormerJob[]>;
}

/**
 * Looks for what was made before, all of it, however often a recipe was run: a job that is overlooked is paid twice.
 * Each former job is read once for a whole plan, and only what reuse asks for is kept: a thousand rows without inputs
 * have all former jobs in common.
 */
export function formerWork(journal: Journal): FormerWork {
  const byBase = new Map<string, ReturnType<typeof readFormers>>();
  const formersOf = ({ baseKey }: PlannedJob): ReturnType<typeof readFormers> => {
    const known = byBase.get(baseKey) ?? readFormers(baseKey, journal);
    byBase.set(baseKey, known);
    return known;
  };
  const alike: FormerWork["alike"] = async (job) =>
    (await formersOf(job)).byFirstTurn.get(firstTurnKey(job.steps)) ?? [];
  return {
    alike,
    takes: async (job) => {
      const { takesOf } = await formersOf(job);
      return new Set([...(takesOf.get(job.recipe) ?? []), ...(await alike(job)).map(takeOf)]);
    },
    recipes: async (job) => new Set((await formersOf(job)).takesOf.keys()),
  };
}

async function readFormers(
  baseKey: string,
  journal: Journal,
): Promise<{
  /** By the name of the recipe. */
  readonly takesOf: ReadonlyMap<string, ReadonlySet<number>>;
  readonly byFirstTurn: ReadonlyMap<string, readonly FormerJob[]>;
}> {
  const takesOf = new Map<string, Set<number>>();
  const byFirstTurn = new Map<string, FormerJob[]>();
  for (const jobId of await journal.findByBaseKey(baseKey)) {
    const state = stateOf(await journal.read(jobId));
    if (state === undefined) continue;
    const { recipe } = state.plan;
    takesOf.set(recipe, (takesOf.get(recipe) ?? new Set()).add(takeOf(state)));
    const key = firstTurnKey(state.plan.steps);
    const alike = byFirstTurn.get(key) ?? [];
    alike.push(withoutDrafts(state));
    byFirstTurn.set(key, alike);
  }
  return { takesOf, byFirstTurn };
}

/** 1 for a job that is not called a take. */
export function takeOf({ plan }: Pick<FormerJob, "plan">): number {
  return plan.take ?? 1;
}

function firstTurnKey(steps: readonly Step[]): string {
  return steps.find(({ kind }) => kind === "turn")?.key ?? "";
}

/** A draft may be a megabyte; reuse asks only whether there is one. */
function withoutDrafts(state: JobState): FormerJob {
  const drafts = new Map([...state.drafts].map(([key, { ready }]) => [key, { ready }] as const));
  const { newestDraft: _, ...rest } = state;
  return { ...rest, drafts };
}
