import { z } from "zod";
import { answerPrompt } from "../prompt/answer-prompt.ts";
import { acceptTurn } from "../turns/accept-turn.ts";
import { type Call, Refused } from "./call.ts";
import { narrate } from "./narrate.ts";
import { openEventStream } from "./event-stream.ts";
import { readBody } from "./read-body.ts";
import { losesAnswer } from "./reply.ts";
import { sessionOf } from "./session-calls.ts";

const message = z.object({
  app_name: z.literal("nemo_agent"),
  user_id: z.literal("me"),
  session_id: z.string(),
  new_message: z.object({ parts: z.array(z.object({ text: z.string().max(20_000) })).min(1) }),
});

/** The paid call: accepts a prompt, streams what happens, and goes on working when the client has left. */
export async function runTurn(call: Call): Promise<void> {
  const body = await readBody(call.request, message);
  const late = call.faults.get("late");
  if (late !== undefined) await call.backend.waiting.wait(Number(late));
  const session = sessionOf(call, body.session_id);
  const text = body.new_message.parts
    .map((part) => part.text)
    .join("\n")
    .trim();
  if (text === "") throw new Refused(422, "the message is empty");
  if (call.faults.has("question")) {
    await ask(call);
    return;
  }
  const answer = answerPrompt(session, text);
  const turn = acceptTurn({ backend: call.backend, session, text, answer, faults: call.faults });
  if (turn === undefined) throw new Refused(2001, "insufficient credits");
  if (losesAnswer(call)) return;
  await narrate(call, session, turn);
}

async function ask(call: Call): Promise<void> {
  const stream = openEventStream(call);
  stream.say("Which of the two styles would you like, calm or lively?");
  await stream.end();
}
