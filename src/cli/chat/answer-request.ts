import { exitCodes } from "../exit-code.ts";
import type { Answer } from "./answered.ts";
import { driveTalk } from "./drive-talk.ts";
import { nameFor } from "./name-for.ts";
import type { Room } from "./room.ts";
import { withRequest, type Talk } from "./talk.ts";
import { tellTrouble } from "./tell-trouble.ts";

/** One request to the service: the only thing in a conversation that is paid. */
export async function answerRequest(room: Room, talk: Talk, prompt: string): Promise<Answer> {
  const { voice, words, world } = room;
  const asked = withRequest({ ...talk, name: talk.name ?? nameFor(prompt) }, prompt);
  if (world.backend !== "local")
    voice.say(talk.draft?.ready === true ? words.expectEdit : words.expectGeneration);
  voice.work(words.sending);
  const driven = await driveTalk(room, asked);
  voice.work(undefined);
  if (driven.exitCode !== exitCodes.done) {
    tellTrouble(room, driven);
    return { talk: driven.talk, exitCode: driven.exitCode };
  }
  if (driven.reason === "up-to-date" && driven.state !== undefined)
    voice.say(words.madeBefore(driven.state.jobId));
  voice.say(words.nextAfterTurn);
  return { talk: driven.talk, exitCode: exitCodes.done };
}
