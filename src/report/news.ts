import type { Report, ReportedJob } from "../executor/ports.ts";
import type { JobEvent } from "../job/event.ts";
import type { Occasion } from "../recipe/recipe.ts";
import { followJob, startedJob, type FollowedJob, type JobReport } from "./follow-job.ts";
import { nextStep } from "./next-step.ts";
import type { NoticeCounts, NoticeFile, NoticeJob, NoticeTrouble } from "./notice.ts";

/** Of more jobs of a kind there is only the number. */
const mostListed = 20;
const mostFiles = 20;

interface Followed {
  readonly job: FollowedJob;
  readonly files: readonly NoticeFile[];
}

/** What there is to tell of a run: the fold of its reports. Its size follows the jobs that run, not those that ran. */
export interface News {
  readonly runId?: string;
  readonly startedAtMs: number;
  /** The run lasts as long as its watch does. */
  readonly isOpenEnded: boolean;
  readonly counts: NoticeCounts;
  readonly recipes: ReadonlySet<string>;
  readonly credits: number;
  readonly costUnknown: boolean;
  readonly isLocal: boolean;
  /** What ended the run as a whole, or kept it from beginning. */
  readonly trouble?: { readonly occasion: "failed" | "budget"; readonly facts: NoticeTrouble };
  readonly troubled: readonly NoticeJob[];
  readonly finished: readonly NoticeJob[];
  readonly running: ReadonlyMap<string, Followed>;
  /** Jobs that wait for room and were told of: a watch tries them again and again. */
  readonly refused: ReadonlySet<string>;
}

const noCounts: NoticeCounts = {
  finished: 0,
  failed: 0,
  needsYou: 0,
  budget: 0,
  upToDate: 0,
  interrupted: 0,
  notStarted: 0,
};

export const noNews: News = {
  startedAtMs: 0,
  isOpenEnded: false,
  counts: noCounts,
  recipes: new Set(),
  credits: 0,
  costUnknown: false,
  isLocal: false,
  troubled: [],
  finished: [],
  running: new Map(),
  refused: new Set(),
};

/** What there is to tell after one more report. */
export function hear(news: News, report: Report): News {
  switch (report.type) {
    case "run-started":
      // A run of no jobs yet is a watch: it takes up what comes.
      return { ...noNews, runId: report.runId, startedAtMs: report.atMs, isOpenEnded: report.jobs === 0 };
    case "job-started":
      return withRunning(news, { job: startedJob(report), files: [] });
    case "job-skipped":
      return skipped(news, report);
    case "job-event":
      return followed(news, report);
    case "job-signal":
    case "run-finished":
      return news;
  }
}

/** The run broke off, or could not begin. */
export function hearTrouble(
  news: News,
  trouble: { readonly occasion: "failed" | "budget"; readonly facts: NoticeTrouble },
  recipes: readonly string[],
): News {
  return { ...news, trouble, recipes: new Set([...news.recipes, ...recipes]) };
}

/** What happened, in the order of its weight. */
export function occasions({ counts, trouble }: News): Occasion[] {
  const all: [Occasion, number][] = [
    ["failed", counts.failed],
    ["needs-you", counts.needsYou],
    ["budget", counts.budget],
    ["finished", counts.finished],
  ];
  return all.flatMap(([occasion, count]) => (count > 0 || trouble?.occasion === occasion ? [occasion] : []));
}

/** The run goes on, and what happened so far is told or nobody's business. */
export function forget(news: News): News {
  const { runId, startedAtMs, isOpenEnded, running, refused } = news;
  return {
    ...noNews,
    startedAtMs,
    isOpenEnded,
    running,
    refused,
    ...(runId !== undefined && { runId }),
  };
}

type Skipped = Extract<Report, { readonly type: "job-skipped" }>;

function skipped(news: News, { job, reason }: Skipped): News {
  const waits = { code: "parked", message: "it waits for a decision since an earlier run" };
  const next = `nemo-recipe show ${job.jobId}`;
  switch (reason) {
    case "up-to-date":
      return counted(news, "upToDate");
    case "stopped":
      return counted(news, "interrupted");
    case "held-back":
      return counted(news, "notStarted");
    case "cancelled":
      return ended(news, endOf(job, "failed", { code: "cancelled", message: "cancelled before it started" }));
    case "parked":
      return ended(news, endOf(job, "needs-you", { ...waits, next }));
    case "busy":
      return news;
  }
}

const endOf = (job: ReportedJob, end: Occasion, trouble: NoticeTrouble): NoticeJob => ({
  id: job.jobId,
  name: job.name,
  recipe: job.recipe,
  end,
  credits: 0,
  files: [],
  trouble,
});

function followed(news: News, report: JobReport & { readonly type: "job-event" }): News {
  const { jobId } = report.job;
  const before = news.running.get(jobId) ?? { job: startedJob(report), files: [] };
  const job = followJob(before.job, report);
  const now = { job, files: [...before.files, ...delivered(job, report.event)].slice(0, mostFiles) };
  if (job.end === undefined) return withRunning(news, now);
  const running = new Map(news.running);
  running.delete(jobId);
  const end = occasionOf(job);
  const refused = new Set(news.refused);
  const isTold = refused.has(jobId) && end === "budget";
  if (end === "budget" && news.isOpenEnded) refused.add(jobId);
  else refused.delete(jobId);
  const rest = { ...news, running, refused };
  if (isTold) return rest;
  const { credits, costUnknown, plan } = job;
  const added = {
    ...rest,
    credits: news.credits + credits,
    costUnknown: news.costUnknown || costUnknown,
    isLocal: news.isLocal || plan?.backend === "local",
  };
  return ended(added, noticeJob(now, end));
}

/** What is short of credits or of room in a budget has not failed: it waits for somebody who pays. */
function occasionOf({ end, failure }: FollowedJob): Occasion {
  if (end === "finished" || end === "needs-you") return end;
  return failure?.code === "over-budget" || failure?.code === "no-credits" ? "budget" : "failed";
}

function noticeJob({ job: { job, failure, credits }, files }: Followed, end: Occasion): NoticeJob {
  const trouble = failure && {
    code: failure.code,
    message: failure.message,
    next: nextStep(failure, job.jobId),
  };
  return {
    id: job.jobId,
    name: job.name,
    recipe: job.recipe,
    end,
    credits,
    files,
    ...(trouble !== undefined && { trouble }),
  };
}

function delivered({ files }: FollowedJob, event: JobEvent): NoticeFile[] {
  if (event.type !== "file-delivered" || event.unmet.length > 0 || event.preview === true) return [];
  const { format, sizeBytes, durationMs } = event.facts;
  const shownPath = files.at(-1)?.path ?? event.path;
  return [
    { path: event.path, shownPath, format, sizeBytes, ...(durationMs !== undefined && { durationMs }) },
  ];
}

const counterOf = {
  finished: "finished",
  failed: "failed",
  "needs-you": "needsYou",
  budget: "budget",
} as const;

function ended(news: News, job: NoticeJob): News {
  const told = { ...counted(news, counterOf[job.end]), recipes: new Set(news.recipes).add(job.recipe) };
  const list = job.end === "finished" ? "finished" : "troubled";
  return news[list].length < mostListed ? { ...told, [list]: [...news[list], job] } : told;
}

function withRunning(news: News, followed: Followed): News {
  return { ...news, running: new Map(news.running).set(followed.job.job.jobId, followed) };
}

function counted(news: News, which: keyof NoticeCounts): News {
  return { ...news, counts: { ...news.counts, [which]: news.counts[which] + 1 } };
}
