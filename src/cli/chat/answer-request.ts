import type { LineMedia } from "../../recipe/recipe-line.ts";
import { exitCodes } from "../exit-code.ts";
import { wentWell, type Answer } from "./answered.ts";
import { driveTalk, type Driven } from "./drive-talk.ts";
import { expectationOf } from "./expectation-of.ts";
import { isAmong } from "./is-among.ts";
import { nameFor } from "./name-for.ts";
import { namesOf } from "./names-of.ts";
import { refusedMedia } from "./refused-media.ts";
import type { Room } from "./room.ts";
import { withIdle, withRequest, type Talk } from "./talk.ts";
import { tellNotSent, tellTrouble } from "./tell-trouble.ts";

export interface Request {
  readonly prompt: string;
  /** Files that it brings along, besides those that wait. */
  readonly media: readonly LineMedia[];
  /** A person said yes to it, and to what it costs. */
  readonly isAgreed?: boolean;
}

/** One request to the service: the only thing in a conversation that is paid. */
export async function answerRequest(room: Room, talk: Talk, request: Request): Promise<Answer> {
  const { voice, words } = room;
  const { prompt, media, isAgreed = false } = request;
  const asked = withRequest(
    { ...talk, name: talk.name ?? nameFor(prompt), waiting: [...talk.waiting, ...media] },
    prompt,
  );
  const driven = await driveTalk(room, asked, {
    again: room.isFresh && talk.jobId === undefined,
    isAgreed,
    expectation: expectationOf(prompt, talk.draft),
  });
  voice.work(undefined);
  if (driven.consent?.verdict === "ask")
    return askBack(room, talk, { ...request, question: driven.consent.question, isAboutCost: true });
  if (driven.exitCode !== exitCodes.done) {
    tellTrouble(room, driven);
    if (driven.isSent) return { talk: driven.talk, exitCode: driven.exitCode };
    tellNotSent(room);
    return {
      talk: withoutRefused(room, withoutRequest(talk, driven.talk), driven),
      exitCode: driven.exitCode,
    };
  }
  if (driven.reason === "up-to-date" && driven.talk.jobId !== undefined)
    voice.say(words.madeBefore(driven.talk.jobId));
  voice.say(driven.talk.draft?.ready === true ? words.nextAfterTurn : words.nextWithoutVideo);
  const withFiles = { ...talk, waiting: [...talk.waiting, ...media] };
  return wentWell(isPassedOver(driven, talk) ? withIdle(withFiles, driven.talk) : driven.talk);
}

/**
 * What changed nothing is no part of how the video is made. Before there is a video it stays: what answers a question
 * of the service means nothing without the request before it, nor in another session.
 */
export function isPassedOver({ isIdle }: Pick<Driven, "isIdle">, before: Talk): boolean {
  return isIdle === true && before.draft?.ready === true;
}

/** Files that were meant for the request wait for the next one; the session that was opened for it stays. */
function withoutRequest(before: Talk, { jobId, session }: Talk): Talk {
  return { ...before, ...(jobId !== undefined && { jobId }), ...(session !== undefined && { session }) };
}

/** A file that is not taken waits no longer: it would keep whatever is said from being sent. */
function withoutRefused({ voice, words }: Room, talk: Talk, { state }: Driven): Talk {
  const refused = state === undefined ? undefined : refusedMedia(state);
  if (refused === undefined || !isAmong(refused, talk.waiting)) return talk;
  voice.say(words.staysOut(namesOf([refused])));
  return { ...talk, waiting: talk.waiting.filter((media) => !isAmong(media, [refused])) };
}

/** Asks before it sends: the next message may be the yes. */
export function askBack(
  { voice, words }: Room,
  talk: Talk,
  {
    question,
    prompt,
    media,
    isAboutCost = false,
  }: Request & { readonly question: string; readonly isAboutCost?: boolean },
): Answer {
  voice.say(words.yesOrNo(question));
  return wentWell({ ...talk, asking: { prompt, media, isAboutCost } });
}
