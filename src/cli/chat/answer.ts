import { cleanText } from "../../base/clean-text.ts";
import { shorten } from "../../base/shorten.ts";
import { publishedCredits } from "../../plan/estimate.ts";
import { exitCodes } from "../exit-code.ts";
import { wentWell, type Answer } from "./answered.ts";
import { answerExport } from "./answer-export.ts";
import { answerLook } from "./answer-look.ts";
import { answerLink } from "./answer-link.ts";
import { answerPreview } from "./answer-preview.ts";
import { answerRequest, askBack } from "./answer-request.ts";
import { answerSave, keepRecipe } from "./answer-save.ts";
import { answerUpload } from "./answer-upload.ts";
import type { Room } from "./room.ts";
import { route } from "./route.ts";
import { requestsOf, type Talk } from "./talk.ts";
import type { Wish } from "./wish.ts";
import { yesOrNo } from "./yes-or-no.ts";

/** Does what one message asks for. */
export async function answer(room: Room, talk: Talk, message: string): Promise<Answer> {
  const text = cleanText(message).trim();
  if (text === "") return wentWell(talk);
  const { asking, ...free } = talk;
  const verdict = asking === undefined ? undefined : yesOrNo(text);
  if (asking !== undefined && verdict === false) {
    room.voice.say(room.words.notAgreed);
    return wentWell(free);
  }
  const answered =
    asking !== undefined && verdict === true
      ? await answerRequest(room, free, { ...asking, isAgreed: asking.isAboutCost })
      : await answerWish(room, free, { wish: route(text), text });
  if (answered.talk.line !== talk.line || answered.talk.idle !== talk.idle)
    await keepRecipe(room, answered.talk);
  return answered;
}

async function answerWish(
  room: Room,
  talk: Talk,
  { wish, text }: { readonly wish: Wish; readonly text: string },
): Promise<Answer> {
  const { voice, words } = room;
  switch (wish.to) {
    case "turn":
      return answerUpload(room, talk, text);
    case "upload":
      return answerUpload(room, talk, wish.paths);
    case "export":
      return answerExport(room, talk, wish);
    case "credits":
    case "status":
    case "help":
      await answerLook(room, talk, wish.to);
      return wentWell(talk);
    case "preview":
      return answerPreview(room, talk);
    case "undo":
      return answerUndo(room, talk);
    case "save":
      return answerSave(room, talk, wish.file);
    case "link":
      return answerLink(room, talk);
    case "quit":
      return { ...wentWell(talk), isEnd: true };
    case "unknown":
      voice.say(words.unknownCommand(wish.word, wish.near));
      return { talk, exitCode: exitCodes.usage };
    case "unsure":
      voice.say(words.unsureCommand(wish.near));
      return { talk, exitCode: exitCodes.usage };
    case "yes-or-no":
      if (room.goingOn.isAsked() || isWithoutVideo(talk)) return answerUpload(room, talk, text);
      voice.say(words.noQuestion);
      return wentWell(talk);
  }
}

/** Something was said, and the service made nothing of it yet: it waits for more. */
const isWithoutVideo = ({ line, idle, draft }: Talk): boolean =>
  line.length + idle.length > 0 && draft?.ready !== true;

/** The first request made the video: before it there was nothing to go back to. */
function answerUndo(room: Room, talk: Talk): Answer {
  const { voice, words, config } = room;
  const [, ...changes] = requestsOf(talk);
  const last = changes.at(-1);
  if (last === undefined) {
    voice.say(words.nothingToUndo);
    return { talk, exitCode: exitCodes.failed };
  }
  const { low, high } = publishedCredits.refinement;
  const cost = config.backend === "local" ? undefined : `${low}–${high}`;
  const question = words.undoQuestion(shorten(last, 200), cost);
  return askBack(room, talk, { prompt: words.undoRequest, media: [], question });
}
