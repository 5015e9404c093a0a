import { cleanLine } from "../../base/clean-text.ts";
import { skillSheets } from "../../recipe/known-skills.ts";
import { maxRecipeBytes } from "../../recipe/read-yaml.ts";
import type { LineMedia } from "../../recipe/recipe-line.ts";
import { exitCodes } from "../exit-code.ts";
import { wentWell, type Answer } from "./answered.ts";
import { answerRequest, askBack } from "./answer-request.ts";
import { isAmong } from "./is-among.ts";
import type { Room } from "./room.ts";
import { mediaIn, requestsOf, type Talk } from "./talk.ts";
import { takeMedia, type MediaMistake, type TakenMedia } from "./take-media.ts";
import { tellNotSent } from "./tell-trouble.ts";
import { namesOf } from "./names-of.ts";

/** What is longer was hardly meant as one request, in characters. */
const longestRequest = 4000;
/** What else a recipe holds takes room as well, in bytes. */
const mostRecipeText = maxRecipeBytes - 6000;

/** A message that may bring files, and may ask for something. One that names a file that is not there is not sent. */
export async function answerUpload(room: Room, talk: Talk, message: string): Promise<Answer> {
  const { voice, words } = room;
  if (message === "") {
    voice.say(words.whichFile);
    return wentWell(talk);
  }
  const taken = await takeMedia(room, message);
  const media = freshOf(room, talk, taken);
  if (media === undefined) return { talk, exitCode: exitCodes.failed };
  if (taken.text === "") return onlyFiles(room, talk, { all: taken.media, fresh: media });
  const request = { prompt: taken.text, media };
  const said = [...requestsOf(talk), taken.text];
  const isLong = taken.text.length > longestRequest || bytesOf(said) > mostRecipeText;
  if (isLong && requestsOf(talk).at(-1) !== taken.text) {
    const isKept = bytesOf(said) <= mostRecipeText;
    const long = words.longQuestion(sizeOf(taken.text.length), sizeOf(longestRequest));
    const question = isKept ? long : words.tooLongQuestion(sizeOf(bytesOf(said)));
    return askBack(room, talk, { ...request, question });
  }
  return answerRequest(room, talk, request);
}

/** Files that were named one by one; undefined where one of them is a mistake, which is said. */
export async function takeFiles(
  room: Room,
  talk: Talk,
  paths: readonly string[],
): Promise<Answer | undefined> {
  const taken = await takeMedia(room, "", paths);
  const media = freshOf(room, talk, taken);
  return media === undefined ? undefined : onlyFiles(room, talk, { all: taken.media, fresh: media });
}

/** What is not in the conversation yet; undefined where there is a mistake. */
function freshOf(room: Room, talk: Talk, { media, files, mistakes }: TakenMedia): LineMedia[] | undefined {
  if (mistakes.length > 0) {
    for (const mistake of mistakes) room.voice.say(mistakeText(mistake, room));
    tellNotSent(room);
    return undefined;
  }
  room.files.keep(files);
  const known = [...talk.waiting, ...mediaIn(talk.line)];
  return media.filter((one, index) => !isAmong(one, [...known, ...media.slice(0, index)]));
}

/** Files without a word: they wait; before the first request, what the skill would make of them is offered. */
function onlyFiles(
  { voice, words, base }: Room,
  talk: Talk,
  { all, fresh }: { readonly all: readonly LineMedia[]; readonly fresh: readonly LineMedia[] },
): Answer {
  voice.say(fresh.length === 0 ? words.knownAlready(namesOf(all)) : words.filesReady(namesOf(fresh)));
  const ready = { ...talk, waiting: [...talk.waiting, ...fresh] };
  const prompt = skillSheets.find(({ name }) => name === base.skill.name)?.prompt;
  if (prompt === undefined || requestsOf(talk).length > 0 || ready.waiting.length === 0)
    return wentWell(ready);
  voice.say(words.wordlessQuestion(prompt));
  return wentWell({ ...ready, asking: { prompt, media: [], isAboutCost: false } });
}

function mistakeText(mistake: MediaMistake, { words }: Room): string {
  switch (mistake.kind) {
    case "missing":
      return words.missingFile(
        cleanLine(mistake.path),
        mistake.near === undefined ? undefined : cleanLine(mistake.near),
      );
    case "empty-folder":
      return words.emptyFolder(cleanLine(mistake.path));
    case "changed":
      return words.changedFile(cleanLine(mistake.path));
    case "refused":
      return [mistake.message, ...(mistake.hint === undefined ? [] : [words.next(mistake.hint)])]
        .map((text) => cleanLine(text, 1000))
        .join("\n");
  }
}

const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const sizeOf = (characters: number): string =>
  characters < 1000 ? `${characters} B` : `${Math.round(characters / 1000)} kB`;
