import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { baseRecipe } from "../chat/base-recipe.ts";
import { goingOn } from "../chat/going-on.ts";
import { answerAsides } from "../chat/answer-asides.ts";
import { greet } from "../chat/greet.ts";
import { keepHistory, readHistory } from "../chat/history.ts";
import { holdTalk } from "../chat/hold-talk.ts";
import { knownFiles } from "../chat/known-files.ts";
import { openEar, type Ear } from "../chat/open-ear.ts";
import { openTalk } from "../chat/open-talk.ts";
import type { Room } from "../chat/room.ts";
import { emptyTalk } from "../chat/talk.ts";
import { languageOfTag, speak, type Language } from "../chat/words/speak.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { languageOf } from "../language-of.ts";
import { openWorld } from "../open-world.ts";
import { settingsFor } from "../settings.ts";

/** The conversation: what is said grows a recipe, and what it asks for is made at once. */
export const chat: Command = async (call) => {
  const { io } = call;
  const config = asOneConversation(await settingsFor(call));
  const base = await baseRecipe(call, config);
  const stop = new AbortController();
  const language = languageOfTag(languageOf(io.env));
  const interrupt = (): void => {
    if (stop.signal.aborted) {
      ear.close();
      io.exitNow(exitCodes.interrupted);
    } else stop.abort(new Error("interrupted"));
  };
  const ear = openEar(call, {
    history: await readHistory(config.stateDir),
    onInterrupt: interrupt,
  });
  const release = io.onSignal(interrupt);
  try {
    if (ear.isTerminal && call.flags.session === undefined) {
      const skill = call.flags.skill === undefined ? {} : { skill: base.skill.name };
      greet(ear.voice, { language, isLocal: config.backend === "local", ...skill });
    }
    return await talkIn(call, { config, base, ear, signal: stop.signal, language });
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) return exitCodes.interrupted;
    throw error;
  } finally {
    release();
    ear.close();
  }
};

interface Setting {
  readonly config: Config;
  readonly base: Recipe;
  readonly ear: Ear;
  readonly signal: AbortSignal;
  readonly language: Language;
}

async function talkIn(call: Call, { config, base, ear, signal, language }: Setting): Promise<number> {
  const { flags, io } = call;
  const world = await openWorld(call, config, signal);
  try {
    const { voice, isTerminal } = ear;
    const files = knownFiles(world, io.cwd);
    const isFresh = flags.again === true;
    const words = speak(language);
    const room: Room = {
      call,
      config,
      world,
      base,
      files,
      voice,
      isTerminal,
      words,
      isFresh,
      goingOn: goingOn(ear),
      now: { talk: emptyTalk, words, base },
      warned: new Set(),
      signal,
    };
    const asides = answerAsides(room);
    ear.onAside(asides.hear);
    const { exitCode, said } = await holdTalk({ ...(await openTalk(room)), language }, ear);
    await asides.end();
    if (ear.isTerminal) await keepHistory(config.stateDir, said.map(call.secrets.redact));
    return exitCode;
  } finally {
    await world.close();
  }
}

/** A conversation is one job, whatever it says and how often: what a run may cost is what it may cost. */
function asOneConversation(config: Config): Config {
  const { perRun, ...budget } = config.budget;
  if (perRun === undefined || perRun > (budget.perJob ?? Infinity)) return { ...config, budget };
  const ofFlag = config.flagLimit === "run" ? ({ flagLimit: "job" } as const) : {};
  return { ...config, ...ofFlag, budget: { ...budget, perJob: perRun } };
}
