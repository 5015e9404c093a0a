import { resolve } from "node:path";
import { nearMiss } from "../../base/near-miss.ts";
import { pathKind } from "../../files/path-kind.ts";
import { formats, type Format } from "../../recipe/recipe.ts";
import type { LineExport } from "../../recipe/recipe-line.ts";
import { exitCodes } from "../exit-code.ts";
import { shownFrom } from "../shown-from.ts";
import { wentWell, type Answer } from "./answered.ts";
import { driveTalk } from "./drive-talk.ts";
import { outFolder } from "./out-folder.ts";
import type { Room } from "./room.ts";
import { exportsOf, type Talk } from "./talk.ts";
import { tellTrouble } from "./tell-trouble.ts";
import type { Wish } from "./wish.ts";

const usualFormat = "mp4";

/** Makes a file of the video as it stands. Costs nothing. */
export async function answerExport(
  room: Room,
  talk: Talk,
  { format: wanted = usualFormat, quality = "high" }: Extract<Wish, { to: "export" }>,
): Promise<Answer> {
  const { voice, words, call } = room;
  const format = formats.find((known) => known === wanted);
  if (format === undefined) {
    const near = nearMiss(wanted, formats);
    voice.say(
      words.notAFormat(wanted, near === undefined ? formats.join(", ") : `${near} (${formats.join(", ")})`),
    );
    return { talk, exitCode: exitCodes.usage };
  }
  if (talk.draft?.ready !== true) {
    voice.say(words.nothingToExport);
    return { talk, exitCode: exitCodes.failed };
  }
  const made = exportsOf(talk).find((one) => one.format === format && one.quality === quality);
  const step: LineExport = made ?? {
    kind: "export",
    format,
    quality,
    path: await freePath(room, talk, format),
  };
  const driven = await driveTalk(room, made === undefined ? { ...talk, line: [...talk.line, step] } : talk);
  voice.work(undefined);
  if (driven.exitCode !== exitCodes.done) {
    if (room.signal.aborted) voice.say(words.exportStopped);
    tellTrouble(room, driven);
    return { talk: { ...driven.talk, line: talk.line }, exitCode: driven.exitCode };
  }
  if (driven.reason === "up-to-date") {
    voice.say(words.alreadyExported(shownFrom(call.io.cwd, step.path)));
    voice.result(step.path);
  }
  voice.say(talk.recipe === undefined ? words.nextAfterExport : words.nextAfterKeptExport);
  return wentWell(driven.talk);
}

/** Below the output folder, under a name that nothing has yet: what was exported before stays. */
async function freePath(room: Room, talk: Talk, format: Format): Promise<string> {
  const { name = room.base.name, earlier } = talk;
  const folder = outFolder(room);
  const taken = new Set([...earlier, ...exportsOf(talk).map(({ path }) => path)]);
  for (let number = 1; ; number += 1) {
    const path = resolve(folder, `${name}${number === 1 ? "" : `-${number}`}.${format}`);
    if (!taken.has(path) && (await pathKind(path)) === undefined) return path;
  }
}
