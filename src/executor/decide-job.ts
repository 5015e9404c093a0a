import type { Hash } from "../base/hash.ts";
import { placeOf } from "../plan/export-place.ts";
import { mergeEqualJobs } from "../plan/merge-equal-jobs.ts";
import type { PlannedOutline } from "../plan/plan-jobs.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import { asNew, chooseReuse, whyNew, type FormerJob, type Reuse } from "../plan/reuse.ts";
import { refinedLike } from "../plan/with-refinement.ts";
import { takeOf, type FormerWork } from "./former-work.ts";
import type { GroupedJob, OutlinedJob } from "./group-equal.ts";
import type { Files, Journal } from "./ports.ts";

export interface DecidedJob {
  readonly planned: PlannedOutline;
  readonly reuse: Reuse;
  /** SHA-256 of the files that stand at its output paths. */
  readonly standing: ReadonlyMap<string, string>;
}

export interface DecideContext {
  readonly journal: Journal;
  readonly files: Files;
  readonly formers: FormerWork;
  readonly hash: Hash;
  readonly again: boolean;
}

/** Works out how a job is made: by former work where some serves, and as which take. Changes nothing. */
export async function decideJob(
  group: GroupedJob,
  { journal, files, formers, hash, again }: DecideContext,
): Promise<DecidedJob> {
  const first = planGroup(group);
  const takes = await formers.takes(first.job);
  for (const take of [...takes].sort((left, right) => right - left)) {
    let planned = planGroup(group, take);
    const candidates = (await formers.alike(planned.job)).filter((former) => takeOf(former) === take);
    planned = asReviewed(planned, candidates, hash);
    const standing = await standingFiles(planned.job, files);
    const reuse = await choose(planned.job, candidates, { journal, standing });
    if (reuse.reason === "new" && reuse.lostCredits === undefined) continue;
    if (!again) return { planned, reuse, standing };
    const fresh = planGroup(group, Math.max(...takes) + 1);
    const asked = asNew(fresh.job, "a fresh take was asked for");
    return { planned: fresh, reuse: asked, standing: await standingFiles(fresh.job, files) };
  }
  const facts = { outputs: new Map<string, string>(), locked: new Set<string>() };
  const alike = await formers.alike(first.job);
  const reuse =
    alike.length === 0
      ? asNew(first.job, whyNew(first.job, await formers.recipes(first.job)))
      : chooseReuse(first.job, alike, facts);
  return { planned: first, reuse, standing: await standingFiles(first.job, files) };
}

/** As the given take, or as what was worked out already. */
function planGroup({ first, others }: GroupedJob, take?: number): PlannedOutline {
  const plan = ({ outline, planned }: OutlinedJob): PlannedOutline =>
    take === undefined ? planned : outline.plan(take);
  const planned = plan(first);
  if (others.length === 0) return planned;
  const same = others.map(plan);
  return {
    job: mergeEqualJobs(
      planned.job,
      same.map(({ job }) => job),
    ),
    places: [...planned.places, ...same.flatMap(({ places }) => places)],
  };
}

/** What a reviewer refined stays refined when the same is asked for again. */
function asReviewed(
  { job, places }: PlannedOutline,
  candidates: readonly FormerJob[],
  hash: Hash,
): PlannedOutline {
  for (const former of candidates) {
    const refined = refinedLike(job, former.plan, hash);
    if (refined === undefined) continue;
    const moved = job.steps.flatMap((step) => (step.kind === "export" ? [placeOf(step.key, places)] : []));
    const exports = refined.steps.filter(({ kind }) => kind === "export");
    const entries = exports.flatMap(({ key }, index) => {
      const place = moved[index];
      return place === undefined ? [] : [{ key, place }];
    });
    return { job: refined, places: entries };
  }
  return { job, places };
}

async function standingFiles(job: PlannedJob, files: Files): Promise<ReadonlyMap<string, string>> {
  const standing = new Map<string, string>();
  for (const step of job.steps) {
    if (step.kind !== "export") continue;
    const sha256 = await files.hashOf(step.path);
    if (sha256 !== undefined) standing.set(step.path, sha256);
  }
  return standing;
}

/** Chooses first, and looks whether another process drives the chosen job only then. */
async function choose(
  job: PlannedJob,
  candidates: readonly FormerJob[],
  { journal, standing }: { readonly journal: Journal; readonly standing: ReadonlyMap<string, string> },
): Promise<Reuse> {
  const reuse = chooseReuse(job, candidates, { outputs: standing, locked: new Set() });
  const { jobId, reason } = reuse;
  if (jobId === undefined || reason === "up-to-date" || reason === "parked") return reuse;
  const lock = await journal.lock(jobId);
  if (lock === undefined)
    return chooseReuse(job, candidates, { outputs: standing, locked: new Set([jobId]) });
  await lock.release();
  return reuse;
}
