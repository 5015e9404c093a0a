import type { Draft } from "../../job/media.ts";
import type { Report } from "../../executor/ports.ts";
import { jsonReporter } from "../reporters/json-reporter.ts";
import type { Room } from "./room.ts";
import { talkReporter, type TalkReporter, type TalkTelling } from "./talk-reporter.ts";

/** Words for people, and with --json the events on stdout as well. */
export function openTalkReporter(room: Room, draft: Draft | undefined, telling: TalkTelling): TalkReporter {
  const people = talkReporter(room, draft, telling);
  const { flags, screen } = room.call;
  if (flags.json !== true) return people;
  const events = jsonReporter(screen.out);
  return {
    ...people,
    report(report: Report) {
      people.report(report);
      events.report(report);
    },
  };
}
