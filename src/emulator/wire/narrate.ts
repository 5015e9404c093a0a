import type { Session } from "../state/sessions.ts";
import type { RunningTurn } from "../turns/accept-turn.ts";
import type { Call } from "./call.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { wordsFor } from "./words-for.ts";

/** Streams one accepted turn to whoever listens, until its work is done. */
export async function narrate(call: Call, session: Session, turn: RunningTurn): Promise<void> {
  const { faults } = call;
  const stream = openEventStream(call);
  const words = wordsFor(session, turn);
  const tool = turn.answer.outcome === "built" ? "generate_video" : "edit_timeline";
  stream.think(words.thought);
  if (turn.answer.outcome !== "answered") stream.callTool(tool, { request: turn.record.text });
  const ended = beatUntil(call, stream, turn.worked);
  if (faults.has("cut")) {
    await call.backend.waiting.wait(call.backend.workMs / 6);
    call.response.destroy();
    return;
  }
  await ended;
  if (faults.has("heartbeats-only")) {
    await beatUntil(call, stream, new Promise((resolve) => call.response.once("close", resolve)));
    return;
  }
  if (turn.answer.outcome !== "answered") stream.toolAnswers(tool, { status: "success" });
  if (!turn.record.silent) stream.say(words.said);
  if (faults.has("temporary-issue")) stream.say("I encountered a temporary issue. Please try again.");
  await stream.end();
}

/** Heartbeats until the promise is kept, the client leaves or the backend closes. */
async function beatUntil(call: Call, stream: EventStream, done: Promise<void>): Promise<void> {
  const everyMs = Math.min(10_000, Math.max(20, call.backend.workMs / 6));
  const ended = done.then(() => "over" as const);
  for (;;) {
    if (call.response.destroyed) return;
    stream.beat();
    const next = await Promise.race([ended, call.backend.waiting.wait(everyMs)]);
    if (next !== true) return;
  }
}
