import { answer } from "../chat/answer.ts";
import type { Answer } from "../chat/answered.ts";
import type { Room } from "../chat/room.ts";
import { emptyTalk, type Talk } from "../chat/talk.ts";
import { en } from "../chat/words/en.ts";
import type { Command } from "../call.ts";
import { exitCodes, worstExitCode } from "../exit-code.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { loadRecipes } from "../load-recipes.ts";
import { openWorld } from "../open-world.ts";
import { settingsFor } from "../settings.ts";
import { createInterface } from "node:readline";

/** The conversation: what is said grows a recipe, and what it asks for is made at once. */
export const chat: Command = async (call) => {
  const { io, screen } = call;
  const config = await settingsFor(call);
  const interrupt = listenForInterrupt(io, screen);
  const [base] = await loadRecipes([undefined], { ...call, flags: { ...call.flags, prompt: ["x"] } }, config);
  if (base === undefined) return exitCodes.bug;
  const world = await openWorld(call, config, interrupt.signal);
  const voice = { say: screen.note, work: () => {}, result: screen.out };
  const room: Room = { call, config, world, base, voice, words: en, signal: interrupt.signal };
  const codes: number[] = [];
  try {
    let talk: Talk = emptyTalk;
    for await (const line of createInterface({ input: io.stdin })) {
      const done: Answer = await answer(room, talk, line);
      talk = done.talk;
      codes.push(done.exitCode);
      if (done.isEnd === true) break;
    }
    return worstExitCode(codes);
  } finally {
    interrupt.release();
    await world.close();
  }
};
