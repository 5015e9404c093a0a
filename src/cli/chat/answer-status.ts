import { cleanLine } from "../../base/clean-text.ts";
import { timelineSummary } from "../../job/timeline-summary.ts";
import { namesOf } from "./names-of.ts";
import type { Room } from "./room.ts";
import { exportsOf, requestsOf, type Talk } from "./talk.ts";

/** The timeline as the service has it now, and what was made of it. */
export async function answerStatus({ voice, words, world, base }: Room, talk: Talk): Promise<void> {
  const { session, line, waiting, earlier } = talk;
  const now =
    session === undefined ? undefined : await world.service.readDraft({ ...session, skill: base.skill });
  const draft = now ?? talk.draft;
  voice.say(draft?.ready === true ? cleanLine(timelineSummary(draft.timeline), 4000) : words.noTimeline);
  if (line.length > 0)
    voice.say(words.status(requestsOf(talk).length, earlier.length + exportsOf(talk).length));
  if (waiting.length > 0) voice.say(words.filesReady(namesOf(waiting)));
}
