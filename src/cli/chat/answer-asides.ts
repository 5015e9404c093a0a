// Owns: the looks that are under way besides a request. Talks to: the service, by reading. Invariants: nothing that
// costs or changes anything is an aside; each has ended before the conversation has.
import { cleanLine } from "../../base/clean-text.ts";
import { Failure } from "../../base/failure.ts";
import { answerLook } from "./answer-look.ts";
import type { Room } from "./room.ts";
import { route } from "./route.ts";
import { requestsOf } from "./talk.ts";
import { tellFailure } from "./tell-trouble.ts";
import { isLook, type Look, type Wish } from "./wish.ts";

export interface Asides {
  /** Answers what may be answered at once; false for all else. */
  hear(message: string): boolean;
  end(): Promise<void>;
}

/** Answers how things stand to who asks while a request is worked on. */
export function answerAsides(room: Room): Asides {
  const open: Promise<void>[] = [];
  const begin = (aside: Promise<void>): void => {
    // What befalls it is told at the end.
    void aside.catch(() => undefined);
    open.push(aside);
  };
  return {
    hear(message) {
      const wish = route(message);
      if (isLook(wish.to)) begin(look(room, wish.to));
      else if (wish.to === "unknown" || wish.to === "unsure") begin(askBack(room, wish));
      else return false;
      return true;
    },
    end: async () => void (await Promise.all(open)),
  };
}

/** What is no command is said at once: it waits for nothing. */
async function askBack(
  { now, voice }: Room,
  wish: Extract<Wish, { to: "unknown" | "unsure" }>,
): Promise<void> {
  const { words } = now;
  await Promise.resolve();
  voice.say(
    wish.to === "unsure" ? words.unsureCommand(wish.near) : words.unknownCommand(wish.word, wish.near),
  );
}

const shownLength = 200;

async function look(room: Room, to: Look): Promise<void> {
  const { now, voice, signal } = room;
  const { talk, words, base } = now;
  // Behind the echo of what was asked.
  await Promise.resolve();
  const request = requestsOf(talk).at(-1);
  if (to === "status" && request !== undefined) voice.say(words.workingOn(cleanLine(request, shownLength)));
  try {
    await answerLook({ ...room, words, base }, talk, to);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Failure)) throw error;
    tellFailure({ voice, words }, error.facts, talk.jobId ?? "");
  }
}
