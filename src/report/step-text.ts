import { cleanLine } from "../base/clean-text.ts";
import { formatDuration } from "../base/duration.ts";
import type { JobEvent, Signal } from "../job/event.ts";
import type { PlannedJob } from "../plan/planned-job.ts";
import { placeOf, type FollowedJob } from "./follow-job.ts";
import { formatElapsed } from "./format-elapsed.ts";

const promptLength = 60;

/** What a job is doing, for a live line and for plain lines alike; `share` from 0 to 1 where it is known. */
export interface StepText {
  readonly text: string;
  readonly share?: number;
}

const forgotten = "the service forgot the session, nothing was paid in it; opening another";
const cutOff = "an upload was cut off: beginning again in a new session, nothing was paid in the old one";

/** What the job does from this event on; undefined where it goes on with what it did. */
export function stepAfterEvent(known: FollowedJob, event: JobEvent): StepText | undefined {
  switch (event.type) {
    case "job-resumed":
      return { text: "going on where it stopped" };
    case "session-opened":
      return { text: "session opened" };
    case "session-forgotten":
      return { text: event.reason === undefined ? forgotten : cutOff };
    case "turn-sending":
      return { text: turnText(known.plan, event.key) };
    case "turn-closed":
      return event.end === "closed" ? undefined : { text: streamEnds[event.end] };
    case "export-starting":
      return { text: `rendering ${exportText(known)}` };
    case "export-progress":
      return { text: `rendering ${exportText(known)}`, share: event.share };
    case "export-ready":
      return { text: `fetching ${exportText(known)}` };
    default:
      return undefined;
  }
}

/** What the job does as the signal says it; undefined where it goes on with what it did. */
export function stepAfterSignal(known: FollowedJob, signal: Signal): StepText | undefined {
  switch (signal.type) {
    case "upload-progress": {
      const share = signal.sizeBytes > 0 ? signal.sentBytes / signal.sizeBytes : 1;
      return { text: uploadText(known, signal.name), share };
    }
    case "turn-waiting":
      return { text: waitingText(known, signal.prompt) };
    case "turn-unchanged":
      return {
        text: `no change so far: looking for one, up to ${formatDuration(Math.ceil(signal.leftMs / 10_000) * 10_000)}`,
      };
    case "still-working":
      return { text: `still working, ${formatElapsed(signal.elapsedMs)}` };
    case "render-progress":
      return { text: `rendering ${exportText(known)}`, share: signal.share };
    case "download-progress":
      return signal.sizeBytes === undefined || signal.sizeBytes === 0
        ? undefined
        : { text: `fetching ${exportText(known)}`, share: signal.receivedBytes / signal.sizeBytes };
    case "retrying":
      return {
        text: `${cleanLine(signal.failure.message).replace(/\.$/, "")}; asking once more in ${formatDuration(roundedMs(signal.delayMs))}`,
      };
    case "agent-said":
    case "warning":
      return undefined;
  }
}

/** A lost stream proves nothing about a turn that is paid: what it led to is looked up, never asked for anew. */
const streamEnds = {
  lost: "the connection was lost; looking up what the turn led to",
  silent: "the service fell silent; looking up what the turn led to",
  "timed-out": "the turn takes long; looking up what it led to",
} as const;

/** `uploading beach.jpg (1 of 3)` */
function uploadText({ plan, uploaded }: FollowedJob, name: string): string {
  const of = plan?.steps.filter(({ kind }) => kind === "upload").length ?? 0;
  const place = uploaded < of ? ` (${uploaded + 1} of ${of})` : "";
  return `uploading ${cleanLine(name)}${place}`;
}

/** `turn 1 of 2: "make it…"`: it stands while the service works on it. */
function turnText(plan: PlannedJob | undefined, key: string): string {
  const place = placeOf(plan, key);
  if (place?.step.kind !== "turn") return "a turn";
  const which = place.of > 1 ? `turn ${place.number} of ${place.of}` : "turn";
  return `${which}: ${quoted(place.step.prompt)}`;
}

/** The prompt is named where it was not before: a job that was taken up again. */
function waitingText({ turnInFlight }: FollowedJob, prompt: string): string {
  return turnInFlight ? "waiting for the service" : `waiting for the service: ${quoted(prompt)}`;
}

/** `mp4 (1 of 2)` */
function exportText({ plan, exporting }: FollowedJob): string {
  const place = exporting === undefined ? undefined : placeOf(plan, exporting);
  if (place?.step.kind !== "export") return "the video";
  const variant = place.step.variant === undefined ? "" : `${cleanLine(place.step.variant)} `;
  if (place.step.preview === true) return `${variant}preview`;
  return `${variant}${place.step.format}${place.of > 1 ? ` (${place.number} of ${place.of})` : ""}`;
}

/** A prompt on one line, in quotes, not longer than a glance. */
export function quoted(text: string): string {
  return `"${cleanLine(text, promptLength)}"`;
}

function roundedMs(ms: number): number {
  return ms < 1000 ? ms : Math.round(ms / 1000) * 1000;
}
