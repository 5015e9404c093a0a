import type { Report } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { hear, noNews, type News } from "../../src/report/news.ts";
import { noticeOf } from "../../src/report/notice-of.ts";
import type { Occasion } from "../../src/recipe/recipe.ts";
import type { Notice } from "../../src/report/notice.ts";
import { facts, reportedJob, startMs } from "../report/reports.ts";
import { plannedJob } from "../support/planned-job.ts";

/** How one job ends, and what of its names and messages comes from outside. */
export interface Ending {
  readonly name: string;
  readonly end: Occasion;
  readonly message?: string;
  readonly hint?: string;
  readonly path?: string;
  readonly recipe?: string;
}

const codes = { failed: "render-failed", "needs-you": "export-blocked", budget: "over-budget" } as const;

/** The reports of a run; `jobs: 0` is a watch. */
export function runOf(endings: readonly Ending[], jobs: number = endings.length): Report[] {
  return [
    { type: "run-started", runId: "run_1", atMs: startMs, jobs },
    ...endings.flatMap(jobReports),
    {
      type: "run-finished",
      runId: "run_1",
      atMs: startMs + 61_000,
      elapsedMs: 61_000,
      exitCode: 0,
      counts: { succeeded: 0, upToDate: 0, failed: 0, needsYou: 0, interrupted: 0 },
      credits: 0,
      costUnknown: false,
      files: [],
    },
  ];
}

export function jobReports(ending: Ending): Report[] {
  const { name, end, message = "the service could not render it", hint, path, recipe = "promo" } = ending;
  const plan = { ...plannedJob({ name }), recipe };
  const job = reportedJob(name, { recipe });
  const keyOf = (kind: string): string => plan.steps.find((step) => step.kind === kind)?.key ?? "";
  const about = (event: JobEvent): Report => ({ type: "job-event", atMs: startMs + 60_000, job, event });
  const settled: JobEvent = { type: "turn-settled", key: keyOf("turn"), changed: true, cost: 7 };
  const delivered: JobEvent = {
    type: "file-delivered",
    key: keyOf("export"),
    path: path ?? `/out/${name}.mp4`,
    facts,
    unmet: [],
  };
  const failure = (code: (typeof codes)[keyof typeof codes]): JobEvent => ({
    type: end === "needs-you" ? "job-needs-you" : "job-failed",
    code,
    message,
    ...(hint !== undefined && { hint }),
  });
  const events: JobEvent[] =
    end === "finished" ? [settled, delivered, { type: "job-finished" }] : [settled, failure(codes[end])];
  return [{ type: "job-started", atMs: startMs, job, plan }, ...events.map(about)];
}

export const newsOf = (reports: readonly Report[]): News => reports.reduce(hear, noNews);

export function noticeFor(
  reports: readonly Report[],
  redact: (text: string) => string = (text) => text,
): Notice {
  return noticeOf(newsOf(reports), { id: "ntc_1", atMs: startMs + 61_000, redact });
}
