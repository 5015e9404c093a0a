import { dirname, resolve } from "node:path";
import type { Config } from "../../config/config.ts";
import type { Recipe } from "../../recipe/recipe.ts";
import { answerUpload } from "../chat/answer-upload.ts";
import { mayReplace, withEnding } from "../chat/answer-save.ts";
import { comeBackTo } from "../chat/come-back-to.ts";
import { greet } from "../chat/greet.ts";
import { keepHistory, readHistory } from "../chat/history.ts";
import { holdTalk } from "../chat/hold-talk.ts";
import { knownFiles } from "../chat/known-files.ts";
import { openEar, type Ear } from "../chat/open-ear.ts";
import type { Room } from "../chat/room.ts";
import { emptyTalk, type Talk } from "../chat/talk.ts";
import { languageOfTag, speak } from "../chat/words/speak.ts";
import type { Call, Command } from "../call.ts";
import { exitCodes } from "../exit-code.ts";
import { languageOf } from "../language-of.ts";
import { loadRecipes } from "../load-recipes.ts";
import { openWorld } from "../open-world.ts";
import { settingsFor } from "../settings.ts";
import { usage } from "../stop.ts";

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
    if (ear.isTerminal) greet(ear.voice, { words: speak(language), isLocal: config.backend === "local" });
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
  readonly language: ReturnType<typeof languageOfTag>;
}

async function talkIn(call: Call, { config, base, ear, signal, language }: Setting): Promise<number> {
  const { flags, io } = call;
  const world = await openWorld(call, config, signal);
  try {
    const files = knownFiles(world, io.cwd);
    const isFresh = flags.again === true;
    const words = speak(language);
    const room: Room = { call, config, world, base, files, voice: ear.voice, words, isFresh, signal };
    const before = flags.session === undefined ? emptyTalk : await comeBackTo(room, flags.session);
    const talk = await withArguments(room, await withRecord(before, call));
    const { exitCode, said } = await holdTalk({ room, talk, language }, ear);
    if (ear.isTerminal) await keepHistory(config.stateDir, said.map(call.secrets.redact));
    return exitCode;
  } finally {
    await world.close();
  }
}

/** A conversation is one job, whatever it says and how often: what a run may cost is what it may cost. */
function asOneConversation(config: Config): Config {
  const { perRun, ...budget } = config.budget;
  if (perRun === undefined) return config;
  return { ...config, budget: { ...budget, perJob: Math.min(perRun, budget.perJob ?? Infinity) } };
}

/** What the config says of every recipe; outputs start beside the recording where there is one. */
async function baseRecipe(call: Call, config: Config): Promise<Recipe> {
  const { flags, io } = call;
  const [recipe] = await loadRecipes([undefined], { ...call, flags: { ...flags, prompt: ["chat"] } }, config);
  if (recipe === undefined) throw usage("the config does not let a recipe be made.");
  const { record } = flags;
  if (record === undefined) return recipe;
  const path = resolve(io.cwd, withEnding(record));
  return { ...recipe, dir: dirname(path) };
}

async function withRecord(talk: Talk, { flags: { record }, io }: Call): Promise<Talk> {
  if (record === undefined) return talk;
  const recipe = resolve(io.cwd, withEnding(record));
  if (await mayReplace(recipe, talk)) return { ...talk, recipe };
  throw usage(
    `${record} is there already, and is not a recording of this conversation.`,
    "Name another file, or go on with its own: nemo-recipe chat --session <job>",
  );
}

/** Files among the arguments wait for the first request. */
async function withArguments(room: Room, talk: Talk): Promise<Talk> {
  let now = talk;
  for (const argument of room.call.args) {
    const quoted = `"${argument.replaceAll('"', "")}"`;
    const { talk: next, exitCode } = await answerUpload(
      room,
      now,
      /^https?:/i.test(argument) ? argument : quoted,
    );
    if (exitCode !== exitCodes.done) throw usage(`${argument} cannot be used.`);
    now = next;
  }
  return now;
}
