import { expect, it } from "vitest";
import { goingOn } from "../../../src/cli/chat/going-on.ts";
import type { Room } from "../../../src/cli/chat/room.ts";
import { talkReporter } from "../../../src/cli/chat/talk-reporter.ts";
import { speak } from "../../../src/cli/chat/words/speak.ts";
import type { JobEvent } from "../../../src/job/event.ts";

const sending: JobEvent = {
  type: "turn-sending",
  key: "k",
  turn: "prompt",
  attempt: 1,
  promptHash: "h",
  draftBefore: "none",
  creditsBefore: { available: 1, frozen: 0, total: 1 },
  atMs: 0,
  overlapped: false,
};
const said = (...texts: string[]): JobEvent => ({ type: "turn-closed", key: "k", end: "closed", texts });
const refused: JobEvent = {
  type: "turn-not-sent",
  key: "k",
  failure: { code: "rate-limited", message: "Too many requests." },
};

it.each<[string, boolean, readonly JobEvent[], boolean]>([
  ["words that were read", true, [sending, said("Which style?")], true],
  ["a close without words", true, [sending, said()], false],
  [
    "words of a turn before, which was refused",
    true,
    [sending, said("Hm."), refused, sending, said()],
    false,
  ],
  ["words down a pipe", false, [sending, said("Which style?")], false],
])("what is typed behind %s", (_what, isTerminal, events, goesOn) => {
  const typed = ["typed long before"];
  const going = goingOn({ waiting: () => typed, isTerminal });
  const voice = { say: () => {}, work: () => {}, result: () => {}, unmasked: () => {} };
  const room = { voice, words: speak("en"), world: { backend: "local" }, goingOn: going } as unknown as Room;
  const reporter = talkReporter(room, undefined, {});
  const job = { jobId: "job_1", name: "a", recipe: "a", index: 0, total: 1 };
  for (const event of events) reporter.report({ type: "job-event", atMs: 0, job, event });
  expect(going.isOver()).toBe(false);
  // A look, a slip of the keys, nothing at all, a word that would not be sent: none goes on from the words.
  typed.push("/credits", "status", "/help", "", "  ", "/stauts", "exprot");
  expect(going.isOver()).toBe(false);
  typed.push("calm");
  expect(going.isOver()).toBe(goesOn);
});
