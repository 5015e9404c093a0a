import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import type { JobLock, JobRow, Journal, PlacedFile, RunRow } from "../executor/ports.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { JobEvent, RecordedEvent } from "../job/event.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import { jobBusy } from "./job-busy.ts";
import { jobCancelled } from "./job-cancelled.ts";
import { memoryInputs } from "./memory-inputs.ts";
import { memorySlots } from "./memory-slots.ts";
import { memorySpend } from "./memory-spend.ts";
import { statusAfter, type JobStatus } from "./status-after.ts";

interface KeptJob {
  readonly jobId: string;
  readonly events: RecordedEvent[];
  name: string;
  recipe: string;
  runId: string;
  baseKey: string;
  paidKey: string;
  plan?: PlannedJob;
  status: JobStatus;
  isParked: boolean;
}

interface PlacedAt extends PlacedFile {
  readonly path: string;
}

/** A journal for simulations and tests: the same answers as the durable one, and gone with the process. */
export function memoryJournal(clock: Clock): Journal {
  const jobs = new Map<string, KeptJob>();
  const placed: PlacedAt[] = [];
  const runs: RunRow[] = [];
  const spend = memorySpend();
  const slots = memorySlots();
  const inputs = memoryInputs();
  const locked = new Set<string>();
  const stops = new Set<string>();
  let isOpen = true;

  const answer = async <T>(work: () => T): Promise<T> => {
    assert(isOpen, "the journal is closed");
    return work();
  };
  const rows = (wanted: (job: KeptJob) => boolean): JobRow[] =>
    [...jobs.values()].filter(wanted).reverse().map(jobRow);

  const append = (recorded: RecordedEvent, limits: readonly BudgetLimit[] = []): RecordedEvent => {
    const { jobId, seq, event } = recorded;
    const job = jobs.get(jobId) ?? newJob(jobId);
    if (job.events.length >= seq) throw jobBusy(jobId);
    assert(job.events.length === seq - 1, `event ${seq} of ${jobId} would follow event ${job.events.length}`);
    if (event.type === "turn-sending" && (stops.has(jobId) || stops.has(job.runId))) throw jobCancelled();
    const owner = { runId: job.runId, ...(job.plan && { plan: job.plan }) };
    spend.check(recorded, owner, limits);
    jobs.set(jobId, job);
    job.events.push(recorded);
    spend.record(recorded, owner);
    if (event.type === "file-placing") placed.push({ path: event.path, sha256: event.sha256, jobId });
    keepPlan(job, event);
    inputs.record(jobId, event);
    if (job.status !== "going" && statusAfter(event, job) !== undefined) stops.delete(jobId);
    if (event.type === "job-planned" || event.type === "job-resumed") addToRun(runs, event.runId, jobId);
    return recorded;
  };

  return {
    append: (...[jobId, event, expectedSeq, limits]) =>
      answer(() => append({ jobId, seq: expectedSeq + 1, atMs: clock.now(), event }, limits)),
    read: (jobId) => answer(() => [...(jobs.get(jobId)?.events ?? [])]),
    lock: (jobId) => answer(() => lockOnce(locked, jobId)),
    findByBaseKey: (baseKey, paidKey) =>
      answer(() => rows(hasKeys(baseKey, paidKey)).map(({ jobId }) => jobId)),
    findJobs: (text, limit = Infinity) =>
      answer(() => rows((job) => job.name === text || job.jobId.startsWith(text)).slice(0, limit)),
    unfinishedJobs: () => answer(() => rows(({ status }) => status === "going" || status === "needs-you")),
    paidFailures: () => answer(() => rows((job) => isLeftFailed(job, jobs) && spend.mayHaveCost(job.jobId))),
    findPlaced: (path) => answer(() => filesAt(placed, path)),
    findByInput: (input) => answer(() => inputs.uses(input, (jobId) => jobs.get(jobId)?.status ?? "going")),
    isPlaced: (sha256) => answer(() => placed.some((file) => file.sha256 === sha256)),
    spent: (query) => answer(() => spend.spent(query)),
    isBlurred: (jobId) => answer(() => spend.isBlurred(jobId)),
    costSamples: (query) => answer(() => spend.samples(query)),
    startRun: ({ runId, recipes }) =>
      answer(() => void runs.push({ runId, recipes, startedAtMs: clock.now(), jobIds: [] })),
    finishRun: (runId, exitCode) =>
      answer(() => changeRun(runs, runId, (run) => ({ ...run, finishedAtMs: clock.now(), exitCode }))),
    requestStop: (id) => answer(() => void stops.add(id)),
    isStopRequested: (id) => answer(() => stops.has(id)),
    decideSlot: (slot, fate) => answer(() => slots.decide(slot, fate, clock.now())),
    finishSlot: (slot, end) => answer(() => slots.finish(slot, end, clock.now())),
    lastSlot: (entry, upToMs) => answer(() => slots.last(entry, upToMs)),
    runs: (limit = Infinity) => answer(() => runs.toReversed().slice(0, limit)),
    close: async () => {
      isOpen = false;
      locked.clear();
    },
  };
}

function lockOnce(locked: Set<string>, jobId: string): JobLock | undefined {
  if (locked.has(jobId)) return undefined;
  locked.add(jobId);
  let isHeld = true;
  return {
    release: async () => {
      if (isHeld) locked.delete(jobId);
      isHeld = false;
    },
  };
}

function filesAt(placed: readonly PlacedAt[], path: string): PlacedFile[] {
  const found = placed.filter((file) => file.path === path).reverse();
  return found
    .filter(({ sha256 }, at) => found.findIndex((newer) => newer.sha256 === sha256) === at)
    .map(({ sha256, jobId }) => ({ sha256, jobId }));
}

function hasKeys(baseKey: string, paidKey: string | undefined): (job: KeptJob) => boolean {
  return (job) => job.baseKey === baseKey && job.paidKey === (paidKey ?? job.paidKey);
}

function isLeftFailed(job: KeptJob, jobs: ReadonlyMap<string, KeptJob>): boolean {
  const all = [...jobs.values()];
  return job.status === "failed" && !all.slice(all.indexOf(job) + 1).some((later) => standsIn(later, job));
}

function standsIn(later: KeptJob, job: KeptJob): boolean {
  const isSameWork = later.baseKey === job.baseKey && later.paidKey === job.paidKey;
  const isNamesake =
    later.name === job.name &&
    later.plan?.backend === job.plan?.backend &&
    later.plan?.outDir === job.plan?.outDir;
  return (isSameWork || isNamesake) && later.recipe === job.recipe && later.status === "finished";
}

function newJob(jobId: string): KeptJob {
  return {
    jobId,
    events: [],
    name: "",
    recipe: "",
    runId: "",
    baseKey: "",
    paidKey: "",
    status: "going",
    isParked: false,
  };
}

function keepPlan(job: KeptJob, event: JobEvent): void {
  if (event.type === "job-planned") {
    const { runId, plan } = event;
    const { name, recipe, baseKey, paidKey } = plan;
    Object.assign(job, { name, recipe, baseKey, paidKey, runId, plan });
  }
  if (event.type === "job-resumed") job.runId = event.runId;
  if (event.type.startsWith("turn-")) job.isParked = event.type === "turn-unknown";
  job.status = statusAfter(event, job) ?? job.status;
}

function jobRow({ jobId, name, recipe, runId, status, events }: KeptJob): JobRow {
  return { jobId, name, recipe, runId, status, updatedAtMs: events.at(-1)?.atMs ?? 0 };
}

function addToRun(runs: RunRow[], runId: string, jobId: string): void {
  changeRun(runs, runId, (run) =>
    run.jobIds.includes(jobId) ? run : { ...run, jobIds: [...run.jobIds, jobId] },
  );
}

function changeRun(runs: RunRow[], runId: string, change: (run: RunRow) => RunRow): void {
  const index = runs.findIndex((run) => run.runId === runId);
  const run = runs[index];
  if (run !== undefined) runs[index] = change(run);
}
