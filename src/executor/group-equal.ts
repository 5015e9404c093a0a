import type { JobOutline, PlannedOutline } from "../plan/plan-jobs.ts";

/** A job that was worked out as its first take. */
export interface OutlinedJob {
  readonly outline: JobOutline;
  readonly planned: PlannedOutline;
  /** What a person should know of it. */
  readonly notes: readonly string[];
}

/** Jobs that pay for the same: the first is driven, with the exports of all. */
export interface GroupedJob {
  readonly first: OutlinedJob;
  readonly others: readonly OutlinedJob[];
}

/** Jobs with one paid key are one job that is paid once, whichever recipes they come from. */
export function groupEqual(jobs: readonly OutlinedJob[]): GroupedJob[] {
  const groups = new Map<string, GroupedJob & { readonly others: OutlinedJob[] }>();
  for (const outlined of jobs) {
    const { paidKey } = outlined.planned.job;
    const group = groups.get(paidKey);
    if (group === undefined) groups.set(paidKey, { first: outlined, others: [] });
    else group.others.push(outlined);
  }
  return [...groups.values()];
}
