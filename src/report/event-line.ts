import { unreachable } from "../base/assert.ts";
import { cleanText } from "../base/clean-text.ts";
import type { Report, ReportedJob } from "../executor/ports.ts";
import type { FailureNote, JobEvent, Signal } from "../job/event.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import { agentText } from "./agent-text.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * One report as one line of JSON, for `--json` and logs; its shape is `schemas/event.schema.json`. Field by field, so
 * that nothing slips out: no draft, no link of a render, no token.
 */
export function eventLine(report: Report): string {
  const { type, ...fields } = fieldsOf(report);
  return escaped(JSON.stringify({ type, at: new Date(report.atMs).toISOString(), ...fields }));
}

function fieldsOf(report: Report): Fields & { readonly type: string } {
  const { type } = report;
  switch (type) {
    case "run-started":
      return { type, run: report.runId, jobs: report.jobs };
    case "job-started":
      return { type, job: jobFields(report.job) };
    case "job-skipped":
      return { type, job: jobFields(report.job), reason: report.reason };
    case "job-event":
      return { type: report.event.type, job: jobFields(report.job), ...eventFields(report.event) };
    case "job-signal":
      return { type: report.signal.type, job: jobFields(report.job), ...signalFields(report.signal) };
    case "run-finished": {
      const { runId, elapsedMs, exitCode, counts, credits, costUnknown, files } = report;
      return { type, run: runId, elapsedMs, exitCode, counts, credits, costUnknown, files };
    }
    default:
      return unreachable(report);
  }
}

function jobFields({ jobId, name, recipe }: ReportedJob): Fields {
  return { id: jobId, name, recipe };
}

function eventFields(event: JobEvent): Fields {
  switch (event.type) {
    case "job-planned":
      return { run: event.runId, ...planFields(event.plan) };
    case "job-resumed":
      return { run: event.runId };
    case "session-opened":
      return { session: event.sessionId, task: event.taskId };
    case "session-forgotten":
    case "job-finished":
      return {};
    case "job-failed":
    case "job-needs-you":
      return { failure: failureFields(event) };
    default:
      return { step: event.key, ...stepFields(event) };
  }
}

function planFields({ backend, steps }: PlannedJob): Fields {
  const count = (kind: string): number => steps.filter((step) => step.kind === kind).length;
  return { backend, uploads: count("upload"), turns: count("turn"), exports: count("export") };
}

function stepFields(event: Extract<JobEvent, { readonly key: string }>): Fields {
  switch (event.type) {
    case "file-uploaded":
      return { name: cleanText(event.name) };
    case "turn-sending":
      return { attempt: event.attempt, creditsBefore: event.creditsBefore };
    case "turn-closed": {
      const texts = event.texts.map(agentText);
      return { end: event.end, texts, ...(event.failure && { failure: failureFields(event.failure) }) };
    }
    case "turn-settled":
      return { changed: event.changed, cost: event.cost, durationMs: event.draft?.timeline.durationMs };
    case "turn-skipped":
      return {};
    case "turn-resolved":
      return { decision: event.decision };
    case "turn-not-sent":
    case "turn-unknown":
      return { failure: failureFields(event.failure) };
    case "export-starting":
      return { render: event.renderId, attempt: event.attempt };
    case "export-progress":
      return { share: event.share };
    case "export-ready":
      return { render: event.renderId };
    case "export-failed":
      return { render: event.renderId, failure: failureFields(event.failure) };
    case "file-placing":
      return { path: event.path, sizeBytes: event.sizeBytes, sha256: event.sha256 };
    case "file-delivered": {
      const { sizeBytes, sha256, format, durationMs, width, height } = event.facts;
      const { path, unmet } = event;
      return { path, sizeBytes, sha256, format, durationMs, width, height, unmet };
    }
    default:
      return unreachable(event);
  }
}

function signalFields(signal: Signal): Fields {
  switch (signal.type) {
    case "upload-progress":
      return { name: cleanText(signal.name), sentBytes: signal.sentBytes, sizeBytes: signal.sizeBytes };
    case "agent-said":
      return { text: agentText(signal.text) };
    case "still-working":
      return { elapsedMs: signal.elapsedMs };
    case "turn-waiting":
      return { prompt: signal.prompt };
    case "render-progress":
      return { share: signal.share };
    case "download-progress":
      return { receivedBytes: signal.receivedBytes, sizeBytes: signal.sizeBytes };
    case "retrying":
      return {
        attempt: signal.attempt,
        delayMs: signal.delayMs,
        failure: failureFields(signal.failure),
      };
    case "warning":
      return {
        message: cleanText(signal.message),
        ...(signal.hint !== undefined && { hint: cleanText(signal.hint) }),
      };
    default:
      return unreachable(signal);
  }
}

function failureFields({ code, message, hint }: FailureNote): Fields {
  return { code, message: cleanText(message), ...(hint !== undefined && { hint: cleanText(hint) }) };
}

/** Paths stay exact: what a terminal would obey is written as JSON's own escapes. */
function escaped(json: string): string {
  return json.replace(
    /[\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu,
    (text) =>
      Array.from(
        { length: text.length },
        (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`,
      ).join(""),
  );
}
