import { cleanText } from "../../base/clean-text.ts";
import { formats } from "../../recipe/recipe.ts";
import { exitCodes } from "../exit-code.ts";
import { answerExport } from "./answer-export.ts";
import { answerRequest } from "./answer-request.ts";
import { answerSave } from "./answer-save.ts";
import { answerStatus } from "./answer-status.ts";
import type { Room } from "./room.ts";
import { route } from "./route.ts";
import type { Wish } from "./wish.ts";
import type { Answer } from "./answered.ts";
import type { Talk } from "./talk.ts";

/** Does what one message asks for. */
export async function answer(room: Room, talk: Talk, message: string): Promise<Answer> {
  const text = cleanText(message).trim();
  if (text === "") return { talk, exitCode: exitCodes.done };
  return answerRoute(room, talk, { route: route(text), text });
}

async function answerRoute(
  room: Room,
  talk: Talk,
  { route, text }: { readonly route: Wish; readonly text: string },
): Promise<Answer> {
  const { voice, words, world } = room;
  const done = { talk, exitCode: exitCodes.done };
  switch (route.to) {
    case "turn":
      return answerRequest(room, talk, text);
    case "export":
      return answerExport(room, talk, route);
    case "credits": {
      const { available, frozen } = await world.service.credits();
      voice.say(words.credits(available, frozen));
      return done;
    }
    case "status":
      await answerStatus(room, talk);
      return done;
    case "save":
      return answerSave(room, talk, route.file);
    case "help":
      for (const [command, says] of words.help) voice.say(`${command.padEnd(18)} ${says}`);
      return done;
    case "quit":
      return { ...done, isEnd: true };
    case "unknown":
      voice.say(words.unknownCommand(route.word, route.near));
      return { talk, exitCode: exitCodes.usage };
    default:
      voice.say(formats.join(" "));
      return done;
  }
}
