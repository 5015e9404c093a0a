import { cleanLine } from "../../base/clean-text.ts";
import type { FailureNote } from "../../job/event.ts";
import { nextStep } from "../../report/next-step.ts";
import type { Driven } from "./drive-talk.ts";
import type { Room } from "./room.ts";

/** The words of a message that was not sent are not lost. */
export function tellNotSent({ voice, words, isTerminal, signal }: Room): void {
  if (!signal.aborted) voice.say(isTerminal ? `${words.nothingSent} ${words.arrowUp}` : words.nothingSent);
}

/** Why a request did not come to its end, and what to do now. */
export function tellTrouble({ voice, words, signal }: Room, { plan, consent, state, reason }: Driven): void {
  if (signal.aborted) return;
  const why = plan.jobs[0]?.why;
  if ((reason === "busy" || reason === "parked") && why !== undefined) voice.say(cleanLine(why, 1000));
  for (const problem of plan.problems) {
    if (problem.severity !== "error") continue;
    voice.say(cleanLine(problem.message, 1000));
    if (problem.hint !== undefined) voice.say(words.next(cleanLine(problem.hint, 1000)));
  }
  if (consent?.verdict === "refuse") {
    voice.say(consent.stop.message);
    if (consent.stop.hint !== undefined)
      voice.say(words.next(consent.stop.hint.replace(/^Nothing was sent\. /, "")));
  }
  if (state?.failure === undefined) return;
  tellFailure({ voice, words }, state.failure, nextStep(state.failure, state.jobId));
}

/** A refusal of the world, with its code, in the language that is spoken as far as that is known. */
export function tellFailure(
  { voice, words }: Pick<Room, "voice" | "words">,
  { code, message }: FailureNote,
  hint: string | undefined,
): void {
  const own = words.trouble[code];
  const text = `${code}: ${cleanLine(message, 1000)}`;
  voice.say(own === undefined ? text : `${own} (${text})`);
  if (hint !== undefined) voice.say(words.next(cleanLine(hint, 1000)));
}
