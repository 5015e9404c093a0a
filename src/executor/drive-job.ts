import { assert } from "../base/assert.ts";
import { applyEvent } from "../job/apply-event.ts";
import type { BudgetLimit } from "../job/budget-limit.ts";
import type { JobEvent } from "../job/event.ts";
import { stateOf } from "../job/fold.ts";
import { parkedTurn, spentCredits, type JobState } from "../job/state.ts";
import type { JobContext } from "./job-context.ts";
import { keepForResume } from "./keep-for-resume.ts";
import { isWantedExport } from "../plan/is-wanted-export.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import type { ReportedJob, SkipReason } from "./ports.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { runJob, type RecordEvent } from "./run-job.ts";
import type { JobOrder, RunPorts, RunRequest } from "./run-request.ts";
import type { JobRest } from "./run-outcome.ts";
import { takeUp } from "./take-up.ts";
import type { TurnsInFlight } from "./turns-in-flight.ts";
import { withoutTurns } from "./without-turns.ts";

export interface JobStart {
  readonly request: Omit<RunRequest, "orders" | "concurrency">;
  readonly ports: RunPorts;
  readonly turnsInFlight: TurnsInFlight;
  readonly retryBudget: RetryBudget;
  /** True once no further job may start: see the circuit breaker. */
  readonly isHeldBack: () => boolean;
}

/** A job with its place among those of its run. */
export interface JobPlace {
  readonly order: JobOrder;
  readonly index: number;
  readonly total: number;
}

/** Takes one ordered job up under its lock, and drives it until it rests. */
export async function driveJob(place: JobPlace, start: JobStart): Promise<JobRest> {
  const { order } = place;
  const { ports, request } = start;
  const jobId = order.jobId ?? ports.newId("job");
  const job = reportedJob(place, jobId);
  const skip = (reason: SkipReason, rest: JobRest, files?: readonly string[]): JobRest => {
    const kept = files !== undefined && { files };
    ports.reporter.report({ type: "job-skipped", atMs: ports.clock.now(), job, reason, ...kept });
    return rest;
  };
  if (request.signal.aborted) {
    await keepForResume({ order, jobId, runId: request.runId }, ports.journal);
    return skip("stopped", { rest: "not-started" });
  }
  if (order.kind === "planned" && order.reason === "up-to-date")
    return skip("up-to-date", { rest: "up-to-date" }, resultsOf(order.job));
  if (order.kind === "planned" && order.reason === "parked") return skip("parked", { rest: "parked" });
  if (start.isHeldBack()) return skip("held-back", { rest: "held-back" });
  if (await ports.journal.isStopRequested(request.runId)) return skip("cancelled", { rest: "cancelled" });
  const lock = await ports.journal.lock(jobId);
  if (lock === undefined) return skip("busy", { rest: "busy" });
  try {
    const before = stateOf(await ports.journal.read(jobId));
    const plan = order.kind === "planned" ? order.job : before?.plan;
    assert(plan !== undefined, "a job that is resumed has a past");
    if (order.kind === "resumed" && before !== undefined && parkedTurn(before) !== undefined)
      return skip("parked", { rest: "parked" });
    const record = recorder(job, start);
    const taken = await takeUp(before, { order, ports }, async () => {
      ports.reporter.report({ type: "job-started", atMs: ports.clock.now(), job, plan });
      return record(before?.seq ?? 0, await takeUpEvent(before, order, start));
    });
    if (taken === undefined) return skip("busy", { rest: "busy" });
    return await drive(applyEvent(before, taken), { job, record, start });
  } finally {
    await lock.release();
  }
}

type AppendEvent = (seq: number, event: JobEvent, limits?: readonly BudgetLimit[]) => ReturnType<RecordEvent>;

async function drive(
  taken: JobState,
  {
    job,
    record,
    start,
  }: { readonly job: ReportedJob; readonly record: AppendEvent; readonly start: JobStart },
): Promise<JobRest> {
  const files: string[] = [];
  const context = contextFor(job, start);
  let turnsSent = 0;
  const state = await runJob(
    taken,
    async (current, event) => {
      const isPaid = event.type === "turn-sending";
      const limits = isPaid ? context.money.limitsFor(current.plan, context.clock.now()) : [];
      const recorded = await record(current.seq, event, limits);
      if (isPaid) turnsSent += 1;
      if (event.type === "turn-not-sent") turnsSent = Math.max(0, turnsSent - 1);
      if (event.type === "file-delivered" && isResult(event)) files.push(event.path);
      return recorded;
    },
    context,
    // Also where the journal fails: from then on it alone tells which turns may still be charged.
  ).finally(() => start.turnsInFlight.end(job.jobId));
  const credits = spentCredits(state).credits - spentCredits(taken).credits;
  const interrupted = start.request.signal.aborted;
  const isFetched = context.isFree && !interrupted && state.failure?.code === "interrupted";
  return { rest: "came-to-rest", state, interrupted, isFetched, files, credits, turnsSent };
}

/** Where the videos of a job that is up to date are. */
function resultsOf({ steps }: PlannedJob): readonly string[] {
  return steps.filter(isWantedExport).map(({ path }) => path);
}

/** What fails a check and what is only to be looked at are not the files that were asked for. */
function isResult({ unmet, preview }: Extract<JobEvent, { type: "file-delivered" }>): boolean {
  return unmet.length === 0 && preview !== true;
}

/** The first event of a job, or of its next life. */
async function takeUpEvent(
  before: JobState | undefined,
  order: JobOrder,
  { request, ports }: JobStart,
): Promise<JobEvent> {
  const { runId } = request;
  if (order.kind === "resumed") {
    assert(before !== undefined, "a job that is resumed has a past");
    return { type: "job-resumed", runId };
  }
  const exportAgain = before === undefined ? [] : await goneExports(before, order, ports);
  const plan = order.job;
  return { type: "job-planned", runId, plan, ...(exportAgain.length > 0 && { exportAgain }) };
}

/** Exports that were delivered, and whose file no longer stands at its path as it was. */
async function goneExports(
  before: JobState,
  order: Extract<JobOrder, { kind: "planned" }>,
  { files }: RunPorts,
): Promise<string[]> {
  const gone: string[] = [];
  for (const step of order.job.steps.filter(isWantedExport)) {
    const delivered = before.exports.get(step.key)?.delivered;
    if (delivered === undefined) continue;
    if ((await files.hashOf(step.path)) !== delivered.facts.sha256) gone.push(step.key);
  }
  return gone;
}

function recorder(job: ReportedJob, { ports }: JobStart): AppendEvent {
  return async (seq, event, limits = []) => {
    const recorded = await ports.journal.append(job.jobId, event, seq, limits);
    ports.reporter.report({ type: "job-event", atMs: recorded.atMs, job, event });
    return recorded;
  };
}

function reportedJob({ order, index, total }: JobPlace, jobId: string): ReportedJob {
  const { name, recipe } = order.kind === "planned" ? order.job : order;
  return { jobId, name, recipe, index, total };
}

function contextFor(job: ReportedJob, { ports, request, turnsInFlight, retryBudget }: JobStart): JobContext {
  const isFree = request.isFree === true;
  return {
    ...ports,
    service: isFree ? withoutTurns(ports.service) : ports.service,
    isFree,
    isAnswered: request.isAnswered ?? (() => false),
    signal: request.signal,
    overwrite: request.overwrite,
    money: request.money,
    turnsInFlight,
    retryBudget,
    isBlurred: () => ports.journal.isBlurred(job.jobId),
    placedBefore: async (path) => (await ports.journal.findPlaced(path)).map(({ sha256 }) => sha256),
    tell: (signal) => ports.reporter.report({ type: "job-signal", atMs: ports.clock.now(), job, signal }),
  };
}
