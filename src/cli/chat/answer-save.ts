import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { readText } from "../../files/read-text.ts";
import { writeAtomically } from "../../files/write-atomically.ts";
import { fieldsOfLine } from "../../recipe/fields-of-line.ts";
import { knownSkills } from "../../recipe/known-skills.ts";
import { writeRecipe } from "../../recipe/write-recipe.ts";
import { exitCodes } from "../exit-code.ts";
import type { Answer } from "./answered.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";

/** Keeps the conversation as a recipe. A file that is not of this conversation is never replaced. */
export async function answerSave(room: Room, talk: Talk, file: string | undefined): Promise<Answer> {
  const { voice, words, call, base, config } = room;
  if (talk.jobId === undefined) {
    voice.say(words.nothingToSave);
    return { talk, exitCode: exitCodes.failed };
  }
  const path = resolve(call.io.cwd, file === undefined ? `${talk.name ?? base.name}.yaml` : withEnding(file));
  const shown = fromFolder(call.io.cwd, path);
  const mark = `# nemo-recipe chat --session ${talk.jobId}`;
  const before = await readText(path).catch(() => undefined);
  if (before !== undefined && !before.includes(mark)) {
    voice.say(words.saveTaken(shown));
    return { talk, exitCode: exitCodes.failed };
  }
  const folder = dirname(path);
  const text = writeRecipe({
    name: talk.name ?? base.name,
    comments: [
      `Recorded from a conversation. To go on with it:`,
      mark.slice(2),
      "",
      `nemo-recipe run ${shown}`,
    ],
    skill: base.skill,
    fields: fieldsOfLine(talk.line),
    shown: (one) => fromFolder(folder, one),
    shownOutput: (one) => {
      const way = fromFolder(folder, one);
      return way.startsWith("../") || isAbsolute(way) ? undefined : way;
    },
    knownSkills: { ...knownSkills, ...config.skills },
  });
  await writeAtomically(path, text);
  voice.say(words.saved(shown, `nemo-recipe run ${shown}`));
  return { talk, exitCode: exitCodes.done };
}

const withEnding = (file: string): string => (/\.ya?ml$/i.test(file) ? file : `${file}.yaml`);

function fromFolder(folder: string, path: string): string {
  const way = relative(folder, path);
  return (isAbsolute(way) ? path : way).replaceAll(sep, "/");
}
