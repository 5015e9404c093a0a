import { shownBeside } from "../base/shown-beside.ts";
import type { ReportedJob, Report } from "../executor/ports.ts";
import type { FailureNote, JobEvent, Session } from "../job/event.ts";
import type { FileFacts } from "../job/media.ts";
import { reserveWithoutHistory } from "../plan/estimate.ts";
import type { PlannedJob, Step } from "../plan/planned-job.ts";

export interface ShownFile {
  readonly path: string;
  readonly facts: FileFacts;
  readonly unmet: readonly string[];
}

/** What a reporter knows of a job that is being driven: the fold of its reports. */
export interface FollowedJob {
  readonly job: ReportedJob;
  readonly startedAtMs: number;
  readonly plan?: PlannedJob;
  readonly session?: Session;
  /** Uploads that are done, in this process or before as far as the plan tells. */
  readonly uploaded: number;
  /** Key of the export that is being made. */
  readonly exporting?: string;
  readonly files: readonly ShownFile[];
  /** The newest video that was made to be looked at. */
  readonly preview?: ShownFile;
  /** Measured in this run. */
  readonly credits: number;
  readonly costUnknown: boolean;
  /** A turn that may be running at the service. */
  readonly turnInFlight: boolean;
  /** Credits set aside for that turn. */
  readonly reserved: number;
  /** Turns that settled and changed nothing: the service may have asked something, or not understood. */
  readonly unchangedTurns: number;
  readonly end?: "finished" | "failed" | "needs-you";
  readonly failure?: FailureNote;
}

export type JobReport = Extract<Report, { readonly job: ReportedJob }>;

export function startedJob(report: JobReport): FollowedJob {
  return {
    job: report.job,
    startedAtMs: report.atMs,
    ...(report.type === "job-started" && { plan: report.plan }),
    uploaded: 0,
    files: [],
    credits: 0,
    costUnknown: false,
    turnInFlight: false,
    reserved: 0,
    unchangedTurns: 0,
  };
}

/** What is known of the job after one more report. */
export function followJob(known: FollowedJob, report: JobReport): FollowedJob {
  return report.type === "job-event" ? follow(known, report.event) : known;
}

function follow(known: FollowedJob, event: JobEvent): FollowedJob {
  switch (event.type) {
    case "job-planned":
      return { ...known, plan: event.plan };
    case "session-opened":
      return { ...known, session: { sessionId: event.sessionId, taskId: event.taskId } };
    case "session-forgotten":
      return { ...known, uploaded: 0 };
    case "file-uploaded":
      return { ...known, uploaded: placeOf(known.plan, event.key)?.number ?? known.uploaded + 1 };
    case "turn-sending":
      return { ...known, turnInFlight: true, reserved: event.reserved ?? reserveWithoutHistory };
    case "turn-not-sent":
      return { ...known, turnInFlight: false, reserved: 0 };
    case "turn-settled":
      return {
        ...known,
        turnInFlight: false,
        reserved: 0,
        credits: known.credits + (event.cost ?? 0),
        costUnknown: known.costUnknown || event.cost === undefined,
        unchangedTurns: known.unchangedTurns + Number(!event.changed),
      };
    case "export-starting":
    case "export-progress":
    case "export-ready":
      return { ...known, exporting: event.key };
    case "turn-unknown":
      return { ...known, end: "needs-you", failure: event.failure };
    case "file-delivered": {
      const { facts, unmet } = event;
      const path = deliveredPath(known.plan, event);
      const file = { path, facts, unmet };
      return event.preview === true
        ? { ...known, preview: file }
        : { ...known, files: [...known.files, file] };
    }
    case "job-finished":
      return { ...known, end: "finished" };
    case "job-failed":
      return { ...known, end: "failed", failure: event };
    case "job-needs-you":
      return { ...known, end: "needs-you", failure: event };
    default:
      return known;
  }
}

/** A step with its number among the job's steps of its kind, from 1. */
export interface StepPlace {
  readonly step: Step;
  readonly number: number;
  readonly of: number;
}

export function placeOf(plan: PlannedJob | undefined, key: string): StepPlace | undefined {
  const step = plan?.steps.find((other) => other.key === key);
  if (plan === undefined || step === undefined) return undefined;
  const alike = plan.steps.filter(
    (other) => other.kind === step.kind && isPreview(other) === isPreview(step),
  );
  return { step, number: alike.indexOf(step) + 1, of: alike.length };
}

const isPreview = (step: Step): boolean => step.kind === "export" && step.preview === true;

/** As people should see it: the plan's spelling, unless the file had to go elsewhere. */
export function deliveredPath(
  plan: PlannedJob | undefined,
  { key, path }: { readonly key: string; readonly path: string },
): string {
  const step = plan?.steps.find((other) => other.key === key);
  return step?.kind === "export" ? shownBeside(step, path) : path;
}
