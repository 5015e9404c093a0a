import { exitCodes } from "../exit-code.ts";
import { wentWell, type Answer } from "./answered.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";

/** The link that opens the session in a browser: fetched because somebody asked for it by name. */
export async function answerLink({ voice, words, world, base }: Room, talk: Talk): Promise<Answer> {
  if (talk.session === undefined || world.backend === "local") {
    voice.say(words.noLink);
    return { talk, exitCode: exitCodes.failed };
  }
  const link = await world.service.claimLink({ ...talk.session, skill: base.skill });
  voice.say(words.link);
  voice.unmasked(link);
  return wentWell(talk);
}
