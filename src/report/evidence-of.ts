import { cleanLine } from "../base/clean-text.ts";
import { formatDuration } from "../base/duration.ts";
import type { JobState, TurnState } from "../job/state.ts";
import { timelineSummary } from "../job/timeline-summary.ts";
import { countOf } from "../base/count-of.ts";
import { formatInstant } from "./format-instant.ts";
import { failureText } from "./next-step.ts";

/** What a person needs to know of a turn of which nobody can know whether it ran. */
export interface Evidence {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, text: string])[];
  readonly advice: string;
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly command: string;
  /** What it would do. */
  readonly says: string;
}

const ends: Readonly<Record<NonNullable<TurnState["end"]>, string>> = {
  closed: "it was closed by the service",
  lost: "the connection was lost",
  silent: "only heartbeats came, and then nothing was listened to any more",
  "timed-out": "it went on for longer than the limit of a turn",
};

/** All that is known about such a turn, and what each decision would do. The machine's time zone where none is named. */
export function evidenceOf(state: JobState, key: string, timeZone?: string): Evidence | undefined {
  const turn = state.turns.get(key);
  const step = state.plan.steps.find((one) => one.key === key);
  if (turn === undefined || step?.kind !== "turn") return undefined;
  const { turnMs, changeMs } = state.plan.settings.timeouts;
  return {
    title: "Nobody can know whether this turn ran:",
    facts: [
      ["prompt", `"${cleanLine(step.prompt, 1000)}"`],
      ["sent", `${formatInstant(turn.sentAtMs, timeZone)}, for the ${ordinal(turn.attempts)} time`],
      [
        "stream",
        turn.end === undefined ? "nobody saw how it ended: the program was stopped" : ends[turn.end],
      ],
      ...(turn.failure === undefined ? [] : [["error", failureText(turn.failure)] as const]),
      ["draft", draftText(turn, turnMs + changeMs)],
      ["timeline", timelineText(state)],
      ["credits", creditsText(turn)],
    ],
    advice: "Look at the session's page, then decide:",
    decisions: decisionsOn(state.jobId),
  };
}

function draftText({ draftBefore, changed }: TurnState, windowMs: number): string {
  const was = draftBefore === "none" ? "there was none before" : `${draftBefore.slice(0, 12)} before`;
  const window = formatDuration(windowMs);
  if (changed === true) return `${was}; it is another one now, and did not stand still for ${window}`;
  return `${was}, and it had not changed ${window} after the sending`;
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

function decisionsOn(jobId: string): readonly Decision[] {
  const resolve = (flag: string, says: string): Decision => ({
    command: `nemo-recipe resolve ${jobId} ${flag}`,
    says,
  });
  return [
    resolve("--adopt", "it ran, or the video is good as it stands: nothing is sent again"),
    resolve("--drop", "give the job up: nothing is sent"),
    resolve("--resend", "it did not run: send the prompt once more; if it did run, it is paid twice"),
  ];
}

function ordinal(count: number): string {
  return ["first", "second", "third"][count - 1] ?? `${count}th`;
}
