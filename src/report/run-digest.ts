import type { Report, RunCounts, SkipReason } from "../executor/ports.ts";
import { followJob, startedJob, type FollowedJob } from "./follow-job.ts";

/** Ends that are told one by one in the summary; of more there is only the number. */
const mostTold = 20;

/** What a run has come to so far: the fold of its reports. Its size follows the jobs that run, not those that ran. */
export interface RunDigest {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly jobs: number;
  readonly counts: RunCounts;
  readonly running: ReadonlyMap<string, FollowedJob>;
  /** Jobs that failed or wait for a person, the first of them. */
  readonly troubled: readonly FollowedJob[];
  /** Jobs that another process drives, or that wait for a person since an earlier run. */
  readonly passedOver: readonly {
    readonly jobId: string;
    readonly name: string;
    readonly reason: SkipReason;
  }[];
  /** The one job of a run of one, as it ended. */
  readonly onlyJob?: FollowedJob;
  readonly isLocal: boolean;
  /** Turns of finished jobs that changed nothing. */
  readonly unchangedTurns: number;
  /** Turns that may have run and are not settled, and the credits set aside for them. */
  readonly unsettled: { readonly turns: number; readonly credits: number };
}

export const emptyDigest: RunDigest = {
  runId: "",
  startedAtMs: 0,
  jobs: 0,
  counts: { succeeded: 0, upToDate: 0, failed: 0, needsYou: 0, interrupted: 0 },
  running: new Map(),
  troubled: [],
  passedOver: [],
  isLocal: false,
  unchangedTurns: 0,
  unsettled: { turns: 0, credits: 0 },
};

export function digestRun(digest: RunDigest, report: Report): RunDigest {
  switch (report.type) {
    case "run-started":
      return { ...emptyDigest, runId: report.runId, startedAtMs: report.atMs, jobs: report.jobs };
    case "job-skipped":
      return skipped(digest, report);
    case "job-started":
      return withRunning(digest, startedJob(report));
    case "job-event":
      return followed(digest, report);
    case "job-signal":
    case "run-finished":
      return digest;
  }
}

function skipped(digest: RunDigest, report: Extract<Report, { type: "job-skipped" }>): RunDigest {
  const { job, reason } = report;
  if (reason === "up-to-date") return counted(digest, "upToDate");
  if (reason === "stopped") return counted(digest, "interrupted");
  if (reason === "held-back") return counted(digest, "notStarted");
  if (reason === "cancelled") return counted(digest, "failed");
  const told = [...digest.passedOver, { jobId: job.jobId, name: job.name, reason }].slice(0, mostTold);
  return { ...counted(digest, "needsYou"), passedOver: told };
}

function followed(digest: RunDigest, report: Extract<Report, { type: "job-event" }>): RunDigest {
  const { jobId } = report.job;
  const before = digest.running.get(jobId) ?? startedJob(report);
  const job = followJob(before, report);
  const isLocal = digest.isLocal || job.plan?.backend === "local";
  const unsettled = {
    turns: digest.unsettled.turns + Number(job.turnInFlight) - Number(before.turnInFlight),
    credits: digest.unsettled.credits + job.reserved - before.reserved,
  };
  if (job.end === undefined) return { ...withRunning(digest, job), isLocal, unsettled };
  const running = new Map(digest.running);
  running.delete(jobId);
  const ended = {
    ...counted(digest, job.end === "finished" ? "succeeded" : job.end === "failed" ? "failed" : "needsYou"),
    running,
    isLocal,
    unsettled,
    ...(digest.jobs === 1 && { onlyJob: job }),
  };
  return job.end === "finished"
    ? { ...ended, unchangedTurns: digest.unchangedTurns + job.unchangedTurns }
    : { ...ended, troubled: [...digest.troubled, job].slice(0, mostTold) };
}

function withRunning(digest: RunDigest, job: FollowedJob): RunDigest {
  return { ...digest, running: new Map(digest.running).set(job.job.jobId, job) };
}

function counted(digest: RunDigest, which: keyof RunCounts): RunDigest {
  return { ...digest, counts: { ...digest.counts, [which]: (digest.counts[which] ?? 0) + 1 } };
}
