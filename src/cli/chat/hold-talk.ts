import { cleanLine } from "../../base/clean-text.ts";
import { Failure } from "../../base/failure.ts";
import { unlessAborted } from "../../base/unless-aborted.ts";
import { fitText } from "../../report/text-width.ts";
import { columnsOf } from "../columns-of.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { exitCodeOf } from "../stop.ts";
import { answer } from "./answer.ts";
import type { Answer } from "./answered.ts";
import { backendFlag, comeBack } from "./come-back.ts";
import type { Ear } from "./open-ear.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";
import { tellFailure } from "./tell-trouble.ts";
import { languageAfter, speak, type Language } from "./words/speak.ts";

export interface Held {
  readonly exitCode: number;
  /** What was said, in order. */
  readonly said: readonly string[];
}

/**
 * Answers message after message until the end of input. On a terminal what went wrong is said, and the next message
 * is heard; down a pipe the first failure ends it: later messages count on what came before.
 */
export async function holdTalk(
  start: { readonly room: Room; readonly talk: Talk; readonly language: Language },
  ear: Ear,
): Promise<Held> {
  let { room, talk, language } = start;
  const { signal } = room;
  const codes: number[] = [];
  const said: string[] = [];
  for (;;) {
    const message = await heard(ear, signal);
    if (message === undefined) break;
    said.push(message);
    language = languageAfter({ start: start.language, now: language }, message);
    room = spoken(start.room, language);
    const answered = await answerSafely(room, talk, message);
    talk = answered.talk;
    if (signal.aborted) break;
    codes.push(answered.exitCode);
    if (answered.isEnd === true) break;
    if (!ear.isTerminal && answered.exitCode !== exitCodes.done) {
      if ((await ear.next()) !== undefined) room.voice.say(room.words.stoppedHere);
      break;
    }
  }
  return { exitCode: endTalk(room, talk, { ear, codes }), said: [...said, ...ear.waiting()] };
}

/** The room in which this language is spoken. */
function spoken(room: Room, language: Language): Room {
  return { ...room, words: speak(language) };
}

async function heard(ear: Ear, signal: AbortSignal): Promise<string | undefined> {
  return signal.aborted ? undefined : (await unlessAborted(signal, ear.next()))?.value;
}

/** A refusal of the world is said, and the conversation is as it was before. */
async function answerSafely(room: Room, talk: Talk, message: string): Promise<Answer> {
  const { voice, words, signal } = room;
  try {
    return await answer(room, talk, message);
  } catch (error) {
    if (signal.aborted && error === signal.reason) return { talk, exitCode: exitCodes.interrupted };
    if (!(error instanceof Failure)) throw error;
    voice.work(undefined);
    tellFailure({ voice, words }, error.facts, talk.jobId ?? "");
    return { talk, exitCode: exitCodeOf(error) };
  }
}

/** A row of the terminal, at most. */
function shownOn({ stderr }: Room["call"]["io"], message: string): string {
  return fitText(`  › ${cleanLine(message, 1000)}`, columnsOf(stderr, 80) - 1);
}

function endTalk(
  { voice, words, signal, call }: Room,
  talk: Talk,
  { ear, codes }: { readonly ear: Ear; readonly codes: readonly number[] },
): number {
  voice.work(undefined);
  if (talk.asking !== undefined && !ear.isTerminal) voice.say(words.notAgreed);
  if (talk.isLive === true) voice.say(words.leftToService);
  const left = ear.waiting();
  if (left.length > 0)
    voice.say([words.notSent(left.length), ...left.map((text) => shownOn(call.io, text))].join("\n"));
  const { jobId } = talk;
  if (jobId !== undefined && (ear.isTerminal || signal.aborted))
    voice.say(words.goOnLater(`${comeBack(jobId)}${backendFlag(call)}`));
  if (signal.aborted) return exitCodes.interrupted;
  if (ear.isTerminal) return talk.isLive === true ? exitCodes.mayBeLive : exitCodes.done;
  return worstExitCode([...codes, ...(talk.asking === undefined ? [] : [exitCodes.refused])]);
}
