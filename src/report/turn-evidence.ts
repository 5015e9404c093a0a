import { cleanLine } from "../base/clean-text.ts";
import { formatDuration } from "../base/duration.ts";
import type { JobState, TurnState } from "../job/state.ts";
import { timelineSummary } from "../job/timeline-summary.ts";
import { countOf } from "./count-of.ts";
import { formatInstant } from "./format-instant.ts";
import { failureText } from "./next-step.ts";
import type { Paint } from "./paint.ts";

export interface EvidenceView {
  readonly paint: Paint;
  /** The machine's where absent. */
  readonly timeZone?: string;
}

const ends: Readonly<Record<NonNullable<TurnState["end"]>, string>> = {
  closed: "it was closed by the service",
  lost: "the connection was lost",
  silent: "only heartbeats came, and then nothing was listened to any more",
  "timed-out": "it went on for longer than the limit of a turn",
};

/** All that is known about a turn of which nobody can know whether it ran, and what each decision would do. */
export function turnEvidence(state: JobState, key: string, { paint, timeZone }: EvidenceView): string[] {
  const turn = state.turns.get(key);
  const step = state.plan.steps.find((one) => one.key === key);
  if (turn === undefined || step?.kind !== "turn") return [];
  const { turnMs, changeMs } = state.plan.settings.timeouts;
  const facts: readonly (readonly [string, string])[] = [
    ["prompt", `"${cleanLine(step.prompt, 1000)}"`],
    ["sent", `${formatInstant(turn.sentAtMs, timeZone)}, for the ${ordinal(turn.attempts)} time`],
    ["stream", turn.end === undefined ? "nobody saw how it ended: the program was stopped" : ends[turn.end]],
    ...(turn.failure === undefined ? [] : [["error", failureText(turn.failure)] as const]),
    ["draft", draftText(turn.draftBefore, turnMs + changeMs)],
    ["timeline", timelineText(state)],
    ["credits", creditsText(turn)],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    paint.yellow("Nobody can know whether this turn ran:"),
    ...facts.map(([name, text]) => `  ${paint.dim(name.padEnd(width))}  ${text}`),
    ...choices(state.jobId),
  ];
}

function draftText(before: string, windowMs: number): string {
  const was = before === "none" ? "there was none before" : `${before.slice(0, 12)} before`;
  return `${was}, and it had not changed ${formatDuration(windowMs)} after the sending`;
}

function timelineText({ newestDraft }: JobState): string {
  return newestDraft === undefined
    ? "none before"
    : `before: ${cleanLine(timelineSummary(newestDraft.timeline), 1000)}`;
}

function creditsText({ creditsBefore, overlapped }: TurnState): string {
  if (creditsBefore === undefined) return "not known";
  const { available, frozen, total } = creditsBefore;
  const blurred = overlapped ? "; other turns ran meanwhile, so a difference proves nothing" : "";
  return `before: ${available} available, ${frozen} frozen, ${countOf(total, "credit")} in all; now: \`nemo-recipe credits\`${blurred}`;
}

function choices(jobId: string): string[] {
  return [
    "Look at the session's page, then decide:",
    `  nemo-recipe resolve ${jobId} --adopt    it ran, or the video is good as it stands: nothing is sent again`,
    `  nemo-recipe resolve ${jobId} --drop     give the job up: nothing is sent`,
    `  nemo-recipe resolve ${jobId} --resend   it did not run: send the prompt once more; if it did run, it is paid twice`,
  ];
}

function ordinal(count: number): string {
  return ["first", "second", "third"][count - 1] ?? `${count}th`;
}
