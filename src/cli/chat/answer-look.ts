import { cleanLine } from "../../base/clean-text.ts";
import { timelineSummary } from "../../job/timeline-summary.ts";
import { namesOf } from "./names-of.ts";
import type { Room } from "./room.ts";
import { exportsOf, requestsOf, type Talk } from "./talk.ts";
import type { Wish } from "./wish.ts";

/** What changes nothing and costs nothing: it is answered at any time, also while a request is worked on. */
export type Look = Extract<Wish["to"], "credits" | "status" | "help">;

export async function answerLook(room: Room, talk: Talk, look: Look): Promise<void> {
  const { voice, words, world } = room;
  if (look === "help") return voice.say(helpText(room));
  if (look === "status") return answerStatus(room, talk);
  const { available, frozen } = await world.service.credits();
  voice.say(words.credits(available, frozen));
}

/** The timeline as the service has it now, and what was made of it. */
async function answerStatus({ voice, words, world, base }: Room, talk: Talk): Promise<void> {
  const { session, line, waiting, earlier } = talk;
  const now =
    session === undefined ? undefined : await world.service.readDraft({ ...session, skill: base.skill });
  const draft = now ?? talk.draft;
  voice.say(draft?.ready === true ? cleanLine(timelineSummary(draft.timeline), 4000) : words.noTimeline);
  if (line.length > 0)
    voice.say(words.status(requestsOf(talk).length, earlier.length + exportsOf(talk).length));
  if (waiting.length > 0) voice.say(words.filesReady(namesOf(waiting)));
}

function helpText({ words }: Room): string {
  const width = Math.max(...words.help.map(([command]) => command.length)) + 2;
  return words.help.map(([command, says]) => `  ${command.padEnd(width)}${says}`).join("\n");
}
