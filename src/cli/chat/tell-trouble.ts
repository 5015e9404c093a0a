import { cleanLine } from "../../base/clean-text.ts";
import { failureCodes, type FailureCode } from "../../base/failure-codes.ts";
import type { FailureNote } from "../../job/event.ts";
import { nextStep } from "../../report/next-step.ts";
import type { Consent } from "../consent.ts";
import type { Driven } from "./drive-talk.ts";
import type { Room } from "./room.ts";

/** The words of a message that was not sent are not lost. */
export function tellNotSent({ voice, words, isTerminal, signal }: Room): void {
  if (!signal.aborted) voice.say(isTerminal ? words.nothingSentLookUp : words.nothingSent);
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
  if (consent?.verdict === "refuse") tellRefusal({ voice, words }, consent.stop);
  if (state?.failure === undefined) return;
  const { failure, jobId } = state;
  tellFailure({ voice, words }, { ...failure, hint: nextStep(failure, jobId) }, jobId);
}

/** A refusal before anything was spent. */
function tellRefusal(
  { voice, words }: Pick<Room, "voice" | "words">,
  { code, message, hint }: Extract<Consent, { verdict: "refuse" }>["stop"],
): void {
  const own = isFailureCode(code) ? words.trouble[code] : undefined;
  voice.say(own === undefined ? message : `${own} (${message})`);
  const rest = hint?.replace(/^Nothing was sent\. /, "");
  const next = isFailureCode(code) ? adviceFor(words, { code, hint: rest }, "") : rest;
  if (next !== undefined) voice.say(words.next(next));
}

const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failureCodes, code);

/** A refusal of the world, with its code, in the language that is spoken as far as that is known. */
export function tellFailure(
  { voice, words }: Pick<Room, "voice" | "words">,
  failure: FailureNote,
  jobId: string,
): void {
  const { code, message } = failure;
  const own = words.trouble[code];
  const text = `${code}: ${cleanLine(message, 1000)}`;
  voice.say(own === undefined ? text : `${own} (${text})`);
  const hint = adviceFor(words, failure, jobId);
  if (hint !== undefined) voice.say(words.next(cleanLine(hint, 1000)));
}

/** In the language that is spoken; the addresses of the hint, where one can register say, are kept. */
function adviceFor(
  words: Room["words"],
  { code, hint }: Pick<FailureNote, "code"> & { readonly hint?: string | undefined },
  jobId: string,
): string | undefined {
  const own = words.advice[code]?.(jobId);
  if (own === undefined) return hint;
  return [own, ...(hint?.match(/https?:\/\/[^\s`]*[^\s`.,;:]/g) ?? [])].join(" ");
}
