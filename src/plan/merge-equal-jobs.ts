import { isWantedExport } from "./is-wanted-export.ts";
import type { ExportStep, PlannedJob, Step } from "./planned-job.ts";

/**
 * The first job with the exports of others that pay for exactly the same: their videos are one video, paid once.
 * Each export stands behind the others of its draft, so that it is made when that draft is there. Where one of them
 * asks for a review, nothing of that video is exported before it.
 */
export function mergeEqualJobs(first: PlannedJob, others: readonly PlannedJob[]): PlannedJob {
  if (others.length === 0) return first;
  const added = exportsByDraft(first, others);
  const steps: Step[] = [];
  for (const [index, step] of first.steps.entries()) {
    steps.push(step);
    const draft = draftOf(step);
    const next = first.steps[index + 1];
    if (next === undefined || draftOf(next) !== draft) steps.push(...(added.get(draft) ?? []));
  }
  const review = [first, ...others].find((job) => job.review !== undefined)?.review;
  return { ...first, steps, sameAs: others.map(({ name }) => name), ...(review && { review }) };
}

/** The draft that there is after a step. */
function draftOf(step: Step): string {
  return step.kind === "export" ? step.draftKey : step.key;
}

function exportsByDraft(first: PlannedJob, others: readonly PlannedJob[]): Map<string, ExportStep[]> {
  const known = new Set(first.steps.map(({ key }) => key));
  const added = new Map<string, ExportStep[]>();
  for (const { step, outDir } of others.flatMap(exportsOf)) {
    if (known.has(step.key)) continue;
    known.add(step.key);
    const list = added.get(step.draftKey) ?? [];
    list.push(outDir === first.outDir ? step : Object.assign({}, step, { outDir }));
    added.set(step.draftKey, list);
  }
  return added;
}

function exportsOf({ steps, outDir }: PlannedJob): { readonly step: ExportStep; readonly outDir: string }[] {
  return steps.filter(isWantedExport).map((step) => ({ step, outDir }));
}
