import { unreachable } from "../base/assert.ts";
import { cleanText } from "../base/clean-text.ts";
import type { Report, ReportedJob } from "../executor/ports.ts";
import type { FailureNote, JobEvent, Signal } from "../job/event.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import { agentText } from "./agent-text.ts";
import { jsonLine } from "./json-line.ts";
import type { EventFailure, EventJob, RunEvent } from "./run-event.ts";

/** One report as one line of JSON, for `--json` and logs; its shape is `schemas/event.schema.json`. */
export function eventLine(report: Report): string {
  return jsonLine(runEvent(report));
}

/** One report as people's programs know it. Field by field, so that nothing slips out: no draft, no link of a render, no token. */
function runEvent(report: Report): RunEvent {
  const { type } = report;
  const at = new Date(report.atMs).toISOString();
  switch (type) {
    case "run-started":
      return { type, at, run: report.runId, jobs: report.jobs };
    case "job-started":
      return { type, at, job: jobOf(report.job) };
    case "job-skipped": {
      const { reason, files } = report;
      return { type, at, job: jobOf(report.job), reason, ...(files !== undefined && { files }) };
    }
    case "job-event":
      return ofEvent(report.event, { at, job: jobOf(report.job) });
    case "job-signal":
      return ofSignal(report.signal, { at, job: jobOf(report.job) });
    case "run-finished": {
      const { runId, elapsedMs, exitCode, counts, credits, costUnknown, files } = report;
      return { type, at, run: runId, elapsedMs, exitCode, counts, credits, costUnknown, files };
    }
    default:
      return unreachable(report);
  }
}

interface Base {
  readonly at: string;
  readonly job: EventJob;
}

const jobOf = ({ jobId, name, recipe }: ReportedJob): EventJob => ({ id: jobId, name, recipe });

function ofEvent(event: JobEvent, base: Base): RunEvent {
  const { type } = event;
  switch (type) {
    case "job-planned":
      return { type, ...base, run: event.runId, ...planFields(event.plan) };
    case "job-resumed":
      return { type, ...base, run: event.runId };
    case "session-opened":
      return { type, ...base, session: event.sessionId, task: event.taskId };
    case "session-forgotten":
    case "job-finished":
      return { type, ...base };
    case "job-failed":
    case "job-needs-you":
      return { type, ...base, failure: failureOf(event) };
    default:
      return ofStep(event, { ...base, step: event.key });
  }
}

interface PlanFields {
  readonly backend: string;
  readonly uploads: number;
  readonly turns: number;
  readonly exports: number;
}

function planFields({ backend, steps }: PlannedJob): PlanFields {
  const count = (kind: string): number => steps.filter((step) => step.kind === kind).length;
  return { backend, uploads: count("upload"), turns: count("turn"), exports: count("export") };
}

type StepEvent = Extract<JobEvent, { readonly key: string }>;

function ofStep(event: StepEvent, base: Base & { readonly step: string }): RunEvent {
  const { type } = event;
  switch (type) {
    case "upload-sending":
      return { type, ...base };
    case "upload-not-sent":
      return { type, ...base, ...(event.failure && { failure: failureOf(event.failure) }) };
    case "file-uploaded":
      return { type, ...base, name: cleanText(event.name) };
    case "turn-sending":
      return { type, ...base, attempt: event.attempt, creditsBefore: event.creditsBefore };
    case "turn-closed": {
      const texts = event.texts.map(agentText);
      const failure = event.failure && { failure: failureOf(event.failure) };
      return { type, ...base, end: event.end, texts, ...failure };
    }
    case "turn-settled": {
      const durationMs = event.draft?.timeline.durationMs;
      const { changed, cost, openUntilMs } = event;
      const openUntil = openUntilMs === undefined ? {} : { openUntil: new Date(openUntilMs).toISOString() };
      return { type, ...base, changed, cost, durationMs, ...openUntil };
    }
    case "turn-skipped":
      return { type, ...base };
    case "turn-resolved":
      return { type, ...base, decision: event.decision };
    case "turn-not-sent":
    case "turn-unknown":
      return { type, ...base, failure: failureOf(event.failure) };
    case "export-starting":
      return { type, ...base, render: event.renderId, attempt: event.attempt };
    case "export-progress":
      return { type, ...base, share: event.share };
    case "export-ready":
      return { type, ...base, render: event.renderId };
    case "export-failed":
      return { type, ...base, render: event.renderId, failure: failureOf(event.failure) };
    case "file-placing":
      return { type, ...base, path: event.path, sizeBytes: event.sizeBytes, sha256: event.sha256 };
    case "file-delivered": {
      const { sizeBytes, sha256, format, durationMs, width, height } = event.facts;
      const { path, unmet, preview } = event;
      return { type, ...base, path, sizeBytes, sha256, format, durationMs, width, height, unmet, preview };
    }
    case "review-asked":
      return { type, ...base, ...(event.untilMs && { until: new Date(event.untilMs).toISOString() }) };
    case "review-decided":
      return { type, ...base, decision: event.decision, by: event.by };
    default:
      return unreachable(event);
  }
}

function ofSignal(signal: Signal, base: Base): RunEvent {
  const { type } = signal;
  switch (type) {
    case "upload-progress": {
      const { sentBytes, sizeBytes } = signal;
      return { type, ...base, name: cleanText(signal.name), sentBytes, sizeBytes };
    }
    case "agent-said":
      return { type, ...base, text: agentText(signal.text) };
    case "still-working":
      return { type, ...base, elapsedMs: signal.elapsedMs };
    case "turn-waiting":
      return { type, ...base, prompt: signal.prompt };
    case "turn-unchanged":
      return { type, ...base, leftMs: signal.leftMs };
    case "render-progress":
      return { type, ...base, share: signal.share };
    case "download-progress":
      return { type, ...base, receivedBytes: signal.receivedBytes, sizeBytes: signal.sizeBytes };
    case "retrying": {
      const { attempt, delayMs } = signal;
      return { type, ...base, attempt, delayMs, failure: failureOf(signal.failure) };
    }
    case "warning":
      return { type, ...base, message: cleanText(signal.message), ...hintOf(signal.hint) };
    default:
      return unreachable(signal);
  }
}

/** A failure as lines of JSON show it. */
export function failureOf({ code, message, hint }: FailureNote): EventFailure {
  return { code, message: cleanText(message), ...hintOf(hint) };
}

const hintOf = (hint: string | undefined): { readonly hint?: string } =>
  hint === undefined ? {} : { hint: cleanText(hint) };
