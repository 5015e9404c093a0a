import { unreachable } from "../base/assert.ts";
import { cleanLine } from "../base/clean-text.ts";
import type { JobState, TurnState } from "../job/state.ts";
import { timelineSummary } from "../job/timeline-summary.ts";
import type { TurnStep } from "../plan/planned-job.ts";
import { creditsText } from "./credits-text.ts";
import { failureText } from "./next-step.ts";
import { saidLines } from "./said-lines.ts";
import type { View } from "./view.ts";

const longest = 4000;

export interface ShownTurn {
  readonly state: JobState;
  readonly step: TurnStep;
  /** Among the job's turns, from 1. */
  readonly number: number;
}

/** One turn: its words, what came of it, what the service said, and the timeline as it stood after it. */
export function turnLines({ state, step, number }: ShownTurn, { paint }: View): string[] {
  const turn = state.turns.get(step.key);
  const draft = turn?.status === "settled" && turn.changed === true ? state.drafts.get(step.key) : undefined;
  const kind =
    step.turn === "prompt"
      ? ""
      : paint.dim(` (${step.turn}${step.name === undefined ? "" : ` ${cleanLine(step.name)}`})`);
  return [
    `${number}. ${cleanLine(step.prompt, longest)}${kind}`,
    ...(turn?.texts ?? []).flatMap(saidLines).map((line) => paint.dim(`   ${line}`)),
    `   ${outcomeText(turn, state)}`,
    ...(draft === undefined ? [] : [`   ${cleanLine(timelineSummary(draft.timeline), longest)}`]),
  ];
}

function outcomeText(turn: TurnState | undefined, { plan }: JobState): string {
  if (turn === undefined) return "not yet sent";
  const cost = plan.backend === "local" ? "" : ` · ${creditsText(turn.cost, turn.costUnknown)}`;
  const sent = turn.attempts > 1 ? `, sent ${turn.attempts} times` : "";
  switch (turn.status) {
    case "settled":
      return `${turn.changed === true ? "the video changed" : "nothing changed"}${turn.adopted ? ", taken over by you" : ""}${sent}${cost}`;
    case "skipped":
      return "skipped: the video was so already";
    case "not-sent":
      return `not sent, nothing was paid${turn.failure === undefined ? "" : `: ${failureText(turn.failure)}`}`;
    case "sending":
    case "closed":
      return "may be running at the service: its outcome is not known yet";
    case "unknown":
      return "nobody can know whether it ran";
    default:
      return unreachable(turn.status);
  }
}
