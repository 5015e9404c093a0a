import { stateOf } from "../job/fold.ts";
import { isReviewDue, mayHavePaid } from "../job/state.ts";
import type { FoundFile } from "../plan/planned-job.ts";
import { chooseReuse } from "../plan/reuse.ts";
import type { InputUse, Journal } from "./ports.ts";
import type { WatchReport } from "./watch-request.ts";

/** A group, sorted by what the journal knows of its files. */
export interface SortedGroup {
  /** To be planned. */
  readonly fresh: readonly FoundFile[];
  /** Their jobs were cut off or failed, and go on as they were planned: another name must not make another prompt. */
  readonly goOn: ReadonlyMap<string, readonly FoundFile[]>;
  /** Every job that took them has delivered. */
  readonly made: readonly { readonly file: FoundFile; readonly jobIds: readonly string[] }[];
}

export interface SortNeeds {
  readonly journal: Journal;
  readonly recipe: string;
  readonly backend: string;
  /** How many jobs the recipe makes of a group, at the least. */
  readonly jobsOfGroup: number;
  /** Jobs that ended in this run: they are not tried again before the next. */
  readonly ended: ReadonlySet<string>;
  readonly nowMs: number;
  readonly tell: (report: WatchReport) => void;
}

interface Sorting {
  readonly fresh: FoundFile[];
  readonly goOn: Map<string, FoundFile[]>;
  readonly needs: SortNeeds;
}

/** Looks each file up by its bytes. What is left out has been told, or was before. */
export async function sortGroup(files: readonly FoundFile[], needs: SortNeeds): Promise<SortedGroup> {
  const { journal, recipe, backend, jobsOfGroup, tell } = needs;
  const sorting: Sorting = { fresh: [], goOn: new Map(), needs };
  const made: { readonly file: FoundFile; readonly jobIds: readonly string[] }[] = [];
  for (const file of files) {
    if (await journal.isPlaced(file.sha256)) {
      tell({ type: "delivered-before", file });
      continue;
    }
    const uses = await journal.findByInput({ recipe, backend, sha256: file.sha256 });
    const isMade = uses.every(({ status }) => status === "finished");
    const isFirst = uses.length < jobsOfGroup && uses.every(({ path }) => path === file.path);
    if (uses.length === 0 || (jobsOfGroup > 1 && isFirst)) sorting.fresh.push(file);
    else if (isMade) made.push({ file, jobIds: uses.map(({ jobId }) => jobId) });
    else {
      const lost = await lostOf(uses, journal);
      const left = uses.filter((use) => !lost.includes(use));
      // Where fresh takes stand in for them, nobody has to pay for more.
      if (left.length < jobsOfGroup) for (const { jobId } of lost) tell({ type: "lost", file, jobId });
      if (left.some(({ status }) => status !== "finished")) await sortOpen(file, left, sorting);
      else if (left.length >= jobsOfGroup) made.push({ file, jobIds: left.map(({ jobId }) => jobId) });
    }
  }
  return { ...sorting, made };
}

/** Paid jobs from which nothing goes on: they were given up, or the service has forgotten their session. */
async function lostOf(uses: readonly InputUse[], journal: Journal): Promise<InputUse[]> {
  const lost: InputUse[] = [];
  for (const use of uses.filter(({ status }) => status === "failed")) {
    const state = stateOf(await journal.read(use.jobId));
    if (state === undefined || !mayHavePaid(state)) continue;
    const { reason } = chooseReuse(state.plan, [state], { outputs: new Map(), locked: new Set() });
    if (reason === "new") lost.push(use);
  }
  return lost;
}

async function sortOpen(file: FoundFile, uses: readonly InputUse[], sorting: Sorting): Promise<void> {
  const { fresh, goOn, needs } = sorting;
  const open = uses.filter(({ status }) => status !== "finished");
  const waiting = open.filter(({ status }) => status === "needs-you");
  const parked = await firstUndecided(waiting, needs);
  if (parked !== undefined) return needs.tell({ type: "needs-you", file, jobId: parked.jobId });
  const again = open.filter(({ jobId }) => !needs.ended.has(jobId));
  if (again.length === 0) return needs.tell({ type: "known", file });
  // A recipe that was mended since makes it anew, as long as nothing was paid.
  const isFree = uses.length === 1 && !(await wasPaid(again, needs.journal));
  if (isFree && again.every(({ path, status }) => path === file.path && status === "failed"))
    fresh.push(file);
  else for (const { jobId } of again) goOn.set(jobId, [...(goOn.get(jobId) ?? []), file]);
}

/** Where a review has passed its deadline, the recipe's rule decides as soon as the job goes on. */
async function firstUndecided(
  uses: readonly InputUse[],
  { journal, nowMs }: SortNeeds,
): Promise<InputUse | undefined> {
  for (const use of uses) {
    const state = stateOf(await journal.read(use.jobId));
    if (state === undefined || !isReviewDue(state, nowMs)) return use;
  }
  return undefined;
}

async function wasPaid(uses: readonly InputUse[], journal: Journal): Promise<boolean> {
  for (const { jobId } of uses) {
    const state = stateOf(await journal.read(jobId));
    if (state === undefined || mayHavePaid(state)) return true;
  }
  return false;
}
