import { reserveWithoutHistory } from "./estimate.ts";
import { isAtHead, type HeadedTurn } from "./is-at-head.ts";
import { isWantedExport } from "./is-wanted-export.ts";
import type { ExportStep, PlannedJob, Reason, Step, TurnStep, UploadStep } from "./planned-job.ts";

type PaidStep = UploadStep | TurnStep;

/** What the journal knows of a job that was made before, as far as reuse needs it. A JobState is one. */
export interface FormerJob {
  readonly jobId: string;
  readonly plan: PlannedJob;
  readonly uploads: ReadonlyMap<string, unknown>;
  readonly turns: ReadonlyMap<
    string,
    HeadedTurn & {
      readonly status: "sending" | "closed" | "settled" | "skipped" | "unknown" | "not-sent";
    }
  >;
  readonly drafts: ReadonlyMap<string, { readonly ready: boolean }>;
  readonly head: string;
  /** An upload of which nobody knows whether its file is in the session. */
  readonly uploading?: { readonly key: string };
  readonly exports: ReadonlyMap<
    string,
    {
      readonly status: string;
      readonly delivered?: {
        readonly path: string;
        readonly facts: { readonly sha256: string };
        readonly unmet: readonly string[];
      };
    }
  >;
  readonly status: "going" | "finished" | "failed" | "needs-you";
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What stands in the world now. */
export interface ReuseFacts {
  /** SHA-256 of the file at each output path; a path without a file is not in it. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Jobs that another process is driving. */
  readonly locked: ReadonlySet<string>;
}

/** How a planned job is made. */
export interface Reuse {
  readonly reason: Reason;
  /** The former job that serves; absent for a new one. */
  readonly jobId?: string;
  /** Uploads and turns that are still to be sent, in order. */
  readonly missing: readonly Step[];
  readonly missingTurns: number;
  /** Turns that were sent and of which nobody knows yet what they led to, nor what they cost. */
  readonly unsettled?: readonly TurnStep[];
  /** One sentence for people. */
  readonly why: string;
  /** Work that was paid is lost and would be paid again: only with consent. */
  readonly lostCredits?: number;
}

/**
 * Looks for former work that a planned job can use, so that nothing is paid twice. Keys are chained, so an equal key
 * means an equal history. A former job serves when it has done all that the plan pays for, or when the plan goes on
 * exactly where its session stands. The newest take wins; among equals the one with the fewest turns missing, then
 * the first of `candidates`, which come newest first.
 */
export function chooseReuse(job: PlannedJob, candidates: readonly FormerJob[], facts: ReuseFacts): Reuse {
  const fits = candidates.flatMap((former) => fit(job, former, facts) ?? []);
  const best = fits
    .filter(({ reason }) => reason !== "new")
    .sort((left, right) => right.take - left.take || left.missingTurns - right.missingTurns)[0];
  const chosen =
    best ?? fits[0] ?? asNew(job, whyNew(job, new Set(candidates.map(({ plan }) => plan.recipe))));
  const { take: _, ...reuse } = chosen;
  return reuse;
}

type Fit = Reuse & { readonly take: number };

function fit(job: PlannedJob, former: FormerJob, facts: ReuseFacts): Fit | undefined {
  const paid = job.steps.filter((step) => step.kind !== "export");
  const missing = paid.filter((step) => !isDone(step, former));
  const pending = job.steps.filter((step) => isWantedExport(step) && !isInPlace(step, former, facts));
  const make = (reason: Reason, why: string): Fit => {
    const open = missing.filter((step) => !isInFlight(step, former));
    const missingTurns = open.filter((step) => step.kind === "turn").length;
    const unsettled = missing
      .filter((step) => step.kind === "turn")
      .filter((step) => isInFlight(step, former));
    return {
      reason,
      jobId: former.jobId,
      missing: open,
      missingTurns,
      ...(unsettled.length > 0 && { unsettled }),
      why,
      take: former.plan.take ?? 1,
    };
  };
  if (missing.length === 0 && pending.length === 0) return make("up-to-date", "every output is in its place");
  if (missing.length > 0 && !goesOnFrom(former, paid, missing)) return undefined;
  const parked = [...former.turns.values()].some((turn) => turn.status === "unknown");
  if (parked && former.status === "failed")
    return asNew(job, `${former.jobId} was given up; if its turn ran, this pays once more`);
  if (parked) return make("parked", `nobody knows whether a turn of ${former.jobId} ran: resolve it first`);
  if (facts.locked.has(former.jobId)) return make("busy", `another process is driving ${former.jobId}`);
  const paidFor = [...former.turns.values()].some((turn) => turn.attempts > 0);
  if (former.failure?.code === "session-lost" && paidFor) return lost(job, former);
  return goOn(former, { missing, pending, make });
}

function goOn(
  former: FormerJob,
  work: {
    missing: readonly PaidStep[];
    pending: readonly Step[];
    make: (reason: Reason, why: string) => Fit;
  },
): Fit | undefined {
  const { missing, pending, make } = work;
  if (former.status !== "finished") return make("go-on", whyGoOn(former));
  if (missing.length > 0) return make("continue", `${former.jobId} has done all before it`);
  const kept = pending.every((step) => step.kind === "export" && former.drafts.get(step.draftKey)?.ready);
  return kept ? make("export-again", whyExport(pending, former)) : undefined;
}

function isDone(step: PaidStep, former: FormerJob): boolean {
  if (step.kind === "upload") return former.uploads.has(step.key);
  const status = former.turns.get(step.key)?.status;
  return status === "settled" || status === "skipped";
}

/** It was sent and may be running: it is looked after, and never sent again. */
function isInFlight({ key }: Pick<Step, "key">, former: FormerJob): boolean {
  const status = former.turns.get(key)?.status;
  return status === "sending" || status === "closed" || status === "unknown";
}

/** True where the session holds exactly what the plan has before its first missing step, or may hold that step too. */
function goesOnFrom(former: FormerJob, paid: readonly PaidStep[], missing: readonly PaidStep[]): boolean {
  const first = missing[0];
  if (first === undefined) return false;
  const before = paid[paid.indexOf(first) - 1]?.key ?? "";
  if (!isAtHead(former, before)) return false;
  if (former.uploading !== undefined && former.uploading.key !== first.key) return false;
  return [...former.turns.keys()].every((key) => key === first.key || !isInFlight({ key }, former));
}

function isInPlace(step: ExportStep, former: FormerJob, facts: ReuseFacts): boolean {
  const delivered = former.exports.get(step.key)?.delivered;
  if (delivered === undefined || delivered.unmet.length > 0) return false;
  return facts.outputs.get(step.path) === delivered.facts.sha256;
}

function lost(job: PlannedJob, former: FormerJob): Fit {
  let lostCredits = 0;
  for (const { cost, costUnknown, attempts } of former.turns.values()) {
    lostCredits += costUnknown ? Math.max(cost, attempts * reserveWithoutHistory) : cost;
  }
  const why = `the service has forgotten the session of ${former.jobId}, in which ${lostCredits} credits were paid`;
  return { ...asNew(job, why), lostCredits };
}

/** A job that begins anew: everything in it is still to be sent. */
export function asNew(job: PlannedJob, why: string): Fit {
  const missing = job.steps.filter((step) => step.kind !== "export");
  const missingTurns = missing.filter((step) => step.kind === "turn").length;
  return { reason: "new", missing, missingTurns, why, take: job.take ?? 1 };
}

/** `recipes` made jobs that begin alike: of another one's turns nothing is said, they are no news of this one. */
export function whyNew(job: PlannedJob, recipes: ReadonlySet<string>): string {
  return recipes.has(job.recipe)
    ? "its turns differ from what was made before, so all of them are sent"
    : "nothing like it was made before";
}

function whyGoOn(former: FormerJob): string {
  const { failure } = former;
  if (failure?.code === "review-wanted") return `${former.jobId} waits for your review`;
  return failure === undefined ? `${former.jobId} was cut off` : `${former.jobId} failed: ${failure.message}`;
}

function whyExport(pending: readonly Step[], former: FormerJob): string {
  const known = pending.some((step) => former.exports.get(step.key)?.delivered !== undefined);
  return known ? "an output is missing or was changed" : "the export settings are new";
}
