import { unreachable } from "../../base/assert.ts";
import type { RecordedEvent } from "../../job/event.ts";
import type { JobState, TurnState } from "../../job/state.ts";
import type { TurnStep } from "../../plan/planned-job.ts";
import { agentText } from "../agent-text.ts";
import { creditsText } from "../credits-text.ts";
import { formatElapsed } from "../format-elapsed.ts";
import { failureText } from "../next-step.ts";
import type { TurnFacts } from "./page-facts.ts";

/** What a page tells of one turn. */
export function turnFacts(step: TurnStep, state: JobState, events: readonly RecordedEvent[]): TurnFacts {
  const turn = state.turns.get(step.key);
  const changed = turn?.status === "settled" && turn.changed === true;
  const draft = changed ? state.drafts.get(step.key) : undefined;
  const tookMs = elapsedMs(step.key, events);
  const isPaid = state.plan.backend !== "local" && (turn?.attempts ?? 0) > 0 && turn !== undefined;
  return {
    prompt: step.prompt,
    ...(step.turn !== "prompt" && { kind: [step.turn, step.name].filter(Boolean).join(" ") }),
    said: (turn?.texts ?? []).map(agentText).filter((text) => text !== ""),
    ...outcomeOf(turn),
    ...(tookMs !== undefined && { took: formatElapsed(tookMs) }),
    ...(isPaid && turn.status === "settled" && { cost: creditsText(turn.cost, turn.costUnknown) }),
    ...(draft?.ready === true && { timeline: draft.timeline }),
  };
}

function outcomeOf(turn: TurnState | undefined): Pick<TurnFacts, "outcome" | "tone"> {
  if (turn === undefined) return { outcome: "not yet sent", tone: "quiet" };
  const adopted = turn.adopted ? ", taken over by you" : "";
  const sent = turn.attempts > 1 ? `, sent ${turn.attempts} times` : "";
  switch (turn.status) {
    case "settled":
      return turn.changed === true
        ? { outcome: `the video changed${adopted}${sent}`, tone: "good" }
        : { outcome: `nothing changed${adopted}${sent}`, tone: "quiet" };
    case "skipped":
      return { outcome: "skipped: the video was so already", tone: "quiet" };
    case "not-sent":
      return {
        outcome: `not sent, nothing was paid${turn.failure === undefined ? "" : `: ${failureText(turn.failure)}`}`,
        tone: "bad",
      };
    case "sending":
    case "closed":
      return { outcome: "may be running at the service: its outcome is not known yet", tone: "open" };
    case "unknown":
      return { outcome: "nobody can know whether it ran", tone: "bad" };
    default:
      return unreachable(turn.status);
  }
}

/** From its last sending until it was settled, or was found to be beyond knowing. */
function elapsedMs(key: string, events: readonly RecordedEvent[]): number | undefined {
  const about = events.filter(({ event }) => "key" in event && event.key === key);
  const sent = about.findLast(({ event }) => event.type === "turn-sending");
  const ended = about.findLast(({ event }) => event.type === "turn-settled" || event.type === "turn-unknown");
  if (sent === undefined || ended === undefined || ended.atMs < sent.atMs) return undefined;
  return ended.atMs - sent.atMs;
}
