import { cleanLine } from "../../base/clean-text.ts";
import { timelineSummary } from "../../job/timeline-summary.ts";
import { padText, textWidth } from "../../report/text-width.ts";
import { columnsOf } from "../columns-of.ts";
import { namesOf } from "./names-of.ts";
import type { Room } from "./room.ts";
import { exportsOf, requestsOf, type Talk } from "./talk.ts";
import type { Look } from "./wish.ts";

export async function answerLook(room: Room, talk: Talk, look: Look): Promise<void> {
  const { voice, words, world } = room;
  if (look === "help") return voice.say(helpText(room));
  if (look === "status") return answerStatus(room, talk);
  if (world.backend === "local") return voice.say(words.creditsLocal);
  const { available, frozen } = await world.service.credits();
  voice.say(words.credits(available, frozen));
}

/** The timeline as the service has it now, and what was made of it. */
async function answerStatus({ voice, words, world, base }: Room, talk: Talk): Promise<void> {
  const { session, line, waiting, earlier } = talk;
  const now =
    session === undefined ? undefined : await world.service.readDraft({ ...session, skill: base.skill });
  const draft = now ?? talk.draft;
  voice.say(
    draft?.ready === true
      ? cleanLine(timelineSummary(draft.timeline, words.timeline), 4000)
      : words.noTimeline,
  );
  if (line.length > 0)
    voice.say(words.status(requestsOf(talk).length, earlier.length + exportsOf(talk).length));
  if (waiting.length > 0) voice.say(words.filesReady(namesOf(waiting)));
}

const narrowColumns = 60;

/** Beside each other, or below where the terminal is narrow. */
function helpText({ words, call, isTerminal }: Room): string {
  const width = Math.max(...words.help.map(([command]) => textWidth(command))) + 2;
  const isNarrow = isTerminal && columnsOf(call.io.stderr, 80) < narrowColumns;
  return words.help
    .map(([command, says]) =>
      isNarrow ? `  ${command}\n      ${says}` : `  ${padText(command, width)}${says}`,
    )
    .join("\n");
}
