import { formatDuration } from "../../base/duration.ts";
import type { TurnEvidence } from "../../job/settle-turn.ts";
import type { JobContext } from "../job-context.ts";

const everyMs = 300_000;
const minuteMs = 60_000;

/** To be called again and again while a turn is looked for: once in five minutes it says that this goes on, and how long. */
export function waitReminder(
  { end, lookingSinceMs, sentAtMs, turnMs, changeMs }: TurnEvidence,
  { clock, tell }: JobContext,
): () => void {
  // Behind a clean close it was said how long a change is waited for.
  let toldMs = lookingSinceMs + (end === "closed" ? changeMs : 0);
  return () => {
    const nowMs = clock.now();
    if (nowMs - toldMs < everyMs) return;
    toldMs = nowMs;
    const leftMs = Math.ceil((sentAtMs + turnMs + changeMs - nowMs) / minuteMs) * minuteMs;
    const bound = leftMs > 0 ? `, ${formatDuration(leftMs)} more at most` : "";
    tell({ type: "warning", message: `still looking for what became of this turn${bound}` });
  };
}
