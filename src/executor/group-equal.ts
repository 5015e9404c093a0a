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
  readonly first: JobOutline;
  readonly others: readonly JobOutline[];
  readonly notes: readonly string[];
}

/** Jobs with one paid key are one job that is paid once, whichever recipes they come from. */
export function groupEqual(jobs: readonly OutlinedJob[]): GroupedJob[] {
  const groups = new Map<string, GroupedJob & { readonly others: JobOutline[] }>();
  for (const { outline, planned, notes } of jobs) {
    const { paidKey } = planned.job;
    const group = groups.get(paidKey);
    if (group === undefined) groups.set(paidKey, { first: outline, others: [], notes });
    else group.others.push(outline);
  }
  return [...groups.values()];
}
