import { cleanLine } from "../../base/clean-text.ts";
import type { LineMedia } from "../../recipe/recipe-line.ts";
import { exitCodes } from "../exit-code.ts";
import { wentWell, type Answer } from "./answered.ts";
import { answerRequest, askBack } from "./answer-request.ts";
import type { Room } from "./room.ts";
import { requestsOf, type Talk } from "./talk.ts";
import { takeMedia, type MediaMistake } from "./take-media.ts";
import { namesOf } from "./names-of.ts";

/** What is longer was hardly meant as one request, in characters. */
const longestRequest = 4000;

/** A message that may bring files, and may ask for something. One that names a file that is not there is not sent. */
export async function answerUpload(room: Room, talk: Talk, message: string): Promise<Answer> {
  const { voice, words } = room;
  if (message === "") {
    voice.say(words.whichFile);
    return wentWell(talk);
  }
  const taken = await takeMedia(room, message);
  if (taken.mistakes.length > 0) {
    for (const mistake of taken.mistakes) voice.say(mistakeText(mistake, room));
    voice.say(words.wordsKept);
    return { talk, exitCode: exitCodes.failed };
  }
  room.files.keep(taken.files);
  const known = [
    ...talk.waiting,
    ...talk.line.flatMap((step) => (step.kind === "upload" ? [step.media] : [])),
  ];
  const media = taken.media.filter((one, index) => !isAmong(one, [...known, ...taken.media.slice(0, index)]));
  if (taken.text === "") {
    voice.say(
      media.length === 0 ? words.knownAlready(namesOf(taken.media)) : words.filesReady(namesOf(media)),
    );
    return wentWell({ ...talk, waiting: [...talk.waiting, ...media] });
  }
  const request = { prompt: taken.text, media };
  if (taken.text.length > longestRequest && requestsOf(talk).at(-1) !== taken.text) {
    const question = words.longQuestion(sizeOf(taken.text.length), sizeOf(longestRequest));
    return askBack(room, talk, { ...request, question });
  }
  return answerRequest(room, talk, request);
}

function isAmong(media: LineMedia, known: readonly LineMedia[]): boolean {
  return known.some((one) =>
    one.kind === "file"
      ? media.kind === "file" && one.path === media.path
      : media.kind === "url" && one.url === media.url,
  );
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

const sizeOf = (characters: number): string =>
  characters < 1000 ? `${characters} B` : `${Math.round(characters / 1000)} kB`;
