import { dirname, resolve } from "node:path";
import { cleanLine } from "../../base/clean-text.ts";
import { mayWriteAt } from "../../files/may-write-at.ts";
import { readText } from "../../files/read-text.ts";
import { writeAtomically } from "../../files/write-atomically.ts";
import { fieldsOfLine } from "../../recipe/fields-of-line.ts";
import { maxRecipeBytes } from "../../recipe/read-yaml.ts";
import { writeRecipe } from "../../recipe/write-recipe.ts";
import { exitCodes } from "../exit-code.ts";
import { fromFolder, outputFrom } from "../kept-jobs/recipe-of-job.ts";
import { skillsOf } from "../recipes/skills-of.ts";
import { wentWell, type Answer } from "./answered.ts";
import { backendFlag, comeBack } from "./come-back.ts";
import { recipeFile } from "./recipe-file.ts";
import type { Room } from "./room.ts";
import { requestsOf, type Talk } from "./talk.ts";

/** Keeps the conversation as a recipe, and goes on keeping it. A file of anything else is never replaced. */
export async function answerSave(room: Room, talk: Talk, file: string | undefined): Promise<Answer> {
  const { voice, words, call, base } = room;
  if (talk.jobId === undefined || requestsOf(talk).length === 0) {
    voice.say(words.nothingToSave);
    return { talk, exitCode: exitCodes.failed };
  }
  const given = file === undefined ? talk.recipe : resolve(call.io.cwd, recipeFile(file));
  const path = given ?? resolve(call.io.cwd, `${talk.name ?? base.name}.yaml`);
  const shown = fromFolder(call.io.cwd, path);
  if (path !== talk.recipe && !(await mayReplace(path, talk))) {
    voice.say(words.saveTaken(shown));
    return { talk, exitCode: exitCodes.failed };
  }
  if (!(await mayWriteAt(path))) {
    voice.say(words.cannotWrite(shown));
    return { talk, exitCode: exitCodes.failed };
  }
  const saved = { ...talk, recipe: path };
  room.warned.delete(path);
  if (!(await keepRecipe(room, saved))) return { talk, exitCode: exitCodes.failed };
  voice.say(words.saved(shown, `nemo-recipe run ${shown}${backendFlag(call)}`));
  return wentWell(saved);
}

/** True where nothing is there, or an earlier recording of the same conversation. */
export async function mayReplace(path: string, { jobId }: Talk): Promise<boolean> {
  const before = await readText(path).catch(() => undefined);
  return before === undefined || (jobId !== undefined && before.includes(comeBack(jobId)));
}

/** Writes the recipe that the conversation is kept as, if it is. False where it is longer than a recipe may be. */
export async function keepRecipe(
  { base, config, call, voice, words, warned }: Room,
  talk: Talk,
): Promise<boolean> {
  const { recipe: path, jobId, name = base.name, earlier } = talk;
  if (path === undefined || jobId === undefined || requestsOf(talk).length === 0) return true;
  const folder = dirname(path);
  const before = earlier.map((file) => fromFolder(folder, file));
  const text = writeRecipe({
    name,
    comments: [
      "A conversation, kept as a recipe. As it stands, all of it is paid: a run is up to date.",
      `To go on talking: ${comeBack(jobId)}${config.backend === "local" ? " --local" : backendFlag(call)}`,
      ...leftOutLines(talk),
      ...(before.length === 0
        ? []
        : ["", "Exported on the way, before later requests:", ...before.map((file) => `  ${file}`)]),
    ],
    skill: base.skill,
    fields: fieldsOfLine(talk.line),
    shown: (file) => fromFolder(folder, file),
    shownOutput: (file) => outputFrom(folder, file),
    knownSkills: skillsOf(config),
  });
  const isShort = Buffer.byteLength(text) <= maxRecipeBytes;
  if (isShort) await writeAtomically(path, call.secrets.redact(text));
  else if (!warned.has(path)) voice.say(words.tooLongToSave(`${maxRecipeBytes / 1024} kB`));
  if (!isShort) warned.add(path);
  return isShort;
}

const shownLength = 100;

function leftOutLines({ idle, leftOut }: Talk): string[] {
  const prompts = [...leftOut, ...idle.flatMap((step) => (step.kind === "turn" ? [step.prompt] : []))];
  if (prompts.length === 0) return [];
  const lines = prompts.map((prompt) => `  ${cleanLine(prompt, shownLength)}`);
  return ["", "Left out, because it changed nothing:", ...lines];
}
