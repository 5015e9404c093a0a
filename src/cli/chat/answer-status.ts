import { cleanLine } from "../../base/clean-text.ts";
import { timelineSummary } from "../../job/timeline-summary.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";

/** The timeline as the service has it now; what the journal last saw of it where there is no session. */
export async function answerStatus({ voice, words, world, base }: Room, talk: Talk): Promise<void> {
  const { session, line, waiting } = talk;
  const now =
    session === undefined ? undefined : await world.service.readDraft({ ...session, skill: base.skill });
  const draft = now ?? talk.draft;
  voice.say(draft?.ready === true ? cleanLine(timelineSummary(draft.timeline), 4000) : words.noTimeline);
  const count = (kind: "turn" | "export"): number => line.filter((step) => step.kind === kind).length;
  if (line.length > 0) voice.say(words.status(count("turn"), talk.earlier.length + count("export")));
  if (waiting.length > 0)
    voice.say(
      words.waitingFiles(
        waiting.map((media) => cleanLine(media.kind === "file" ? media.path : media.url)).join(", "),
      ),
    );
}
