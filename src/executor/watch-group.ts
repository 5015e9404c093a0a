import type { FoundFile } from "../plan/planned-job.ts";
import { stateOf } from "../job/fold.ts";
import { withFiles } from "../plan/with-files.ts";
import type { WatchedGroup } from "../plan/watched-group.ts";
import type { JobLock } from "./ports.ts";
import { areDelivered } from "./are-delivered.ts";
import { endForGood, lacksFile, lacksMoney } from "./end-for-good.ts";
import { inputLock } from "./input-lock.ts";
import type { JobRest } from "./run-outcome.ts";
import type { JobOrder, MoneyRules, RunPorts } from "./run-request.ts";
import { sortGroup, type SortedGroup } from "./sort-group.ts";
import type { ComingGroup, WatchedRecipe, WatchRequest } from "./watch-request.ts";

export interface GroupWork {
  readonly watched: WatchedRecipe;
  readonly request: WatchRequest;
  readonly ports: RunPorts;
  readonly ended: Set<string>;
  /** Makes one job, within all limits, and waits for room in the budgets where there is none. */
  readonly make: (order: JobOrder, money: MoneyRules) => Promise<JobRest>;
}

/**
 * Makes the jobs of one group and says how they ended. Each file's bytes are held by a lock while its jobs run: who
 * else finds the same bytes, under whatever name and in whichever process, waits for the next look or finds them made.
 */
export async function watchGroup(group: ComingGroup, work: GroupWork): Promise<readonly JobRest[]> {
  const { watched, request, ports, ended } = work;
  const locks: JobLock[] = [];
  try {
    const held = await holdAll(group.files, locks, work);
    if (held === undefined) return [];
    const { recipe } = watched;
    const { backend, tell } = request;
    const sorted = await sortGroup(held, {
      journal: ports.journal,
      recipe,
      backend,
      ended,
      nowMs: ports.clock.now(),
      tell,
      jobsOfGroup: watched.jobsOfGroup,
    });
    for (const { file, jobIds } of sorted.made) {
      tell({ type: "known", file });
      await watched.after(file, { end: "delivered", isVerified: await areDelivered(jobIds, ports) });
    }
    const rests = await makeAll(group, sorted, work);
    if (rests.some((rest) => rest.rest === "busy" || isFileChanged(rest))) group.comeAgain?.();
    return rests;
  } finally {
    await Promise.all(locks.map((lock) => lock.release()));
  }
}

async function makeAll(
  group: WatchedGroup,
  sorted: SortedGroup,
  work: GroupWork,
): Promise<readonly JobRest[]> {
  const { watched, ports } = work;
  const rests: JobRest[] = [];
  for (const [jobId, files] of sorted.goOn) {
    const state = stateOf(await ports.journal.read(jobId));
    if (state === undefined) continue;
    const job = withFiles(state.plan, files);
    const rest = await work.make({ kind: "planned", job, reason: "go-on", jobId }, watched.money);
    rests.push(rest);
    await finish(files, [rest], work);
  }
  if (sorted.fresh.length === 0) return rests;
  const plan = await watched.plan({ ...group, files: sorted.fresh });
  if (plan === undefined) return [...rests, { rest: "unplanned" }];
  const made: JobRest[] = [];
  for (const order of plan.orders) made.push(await work.make(order, plan.money));
  await finish(sorted.fresh, made, work);
  return [...rests, ...made];
}

async function finish(
  files: readonly FoundFile[],
  rests: readonly JobRest[],
  work: GroupWork,
): Promise<void> {
  const { watched, ports, ended } = work;
  const ends = new Set(rests.map(endOf));
  for (const rest of rests)
    if (rest.rest === "came-to-rest" && !rest.interrupted && !isFileChanged(rest))
      ended.add(rest.state.jobId);
  if (ends.has(undefined)) return;
  const end = ends.has("failed") ? "failed" : "delivered";
  const jobIds = rests.flatMap((rest) => (rest.rest === "came-to-rest" ? [rest.state.jobId] : []));
  const isVerified = end === "delivered" && (await areDelivered(jobIds, ports));
  for (const file of files) await watched.after(file, { end, isVerified });
}

/** Undefined where the job has not ended for good. */
function endOf(rest: JobRest): "delivered" | "failed" | undefined {
  if (rest.rest === "up-to-date") return "delivered";
  return rest.rest === "came-to-rest" && !rest.interrupted ? endForGood(rest.state) : undefined;
}

function isFileChanged(rest: JobRest): boolean {
  return rest.rest === "came-to-rest" && lacksFile(rest.state);
}

/** The money came in between, and nothing else. */
export function isRefused(rest: JobRest): boolean {
  return rest.rest === "came-to-rest" && lacksMoney(rest.state);
}

const lookAgainMs = 500;

/**
 * In one order for all, so that two groups with the same files never wait for each other. Undefined where the watch is
 * stopped meanwhile: a group is made whole, or left for the next time.
 */
async function holdAll(
  files: readonly FoundFile[],
  locks: JobLock[],
  { watched, request, ports }: GroupWork,
): Promise<readonly FoundFile[] | undefined> {
  const held = new Set<FoundFile>();
  const known = new Set<string>();
  for (const file of files.toSorted((left, right) => (left.sha256 < right.sha256 ? -1 : 1))) {
    if (known.has(file.sha256)) {
      request.tell({ type: "known", file });
      continue;
    }
    known.add(file.sha256);
    const lock = await hold(inputLock(watched.recipe, file.sha256), file, { request, ports });
    if (lock === undefined) return undefined;
    locks.push(lock);
    held.add(file);
  }
  return files.filter((file) => held.has(file));
}

/** Undefined where the watch is stopped. */
async function hold(
  name: string,
  file: FoundFile,
  { request, ports }: Pick<GroupWork, "request" | "ports">,
): Promise<JobLock | undefined> {
  for (let isTold = false; !request.signal.aborted; isTold = true) {
    const lock = await ports.journal.lock(name);
    if (lock !== undefined) return lock;
    if (!isTold) request.tell({ type: "elsewhere", file });
    await ports.clock.sleep(lookAgainMs, request.signal).catch(() => undefined);
  }
  return undefined;
}
