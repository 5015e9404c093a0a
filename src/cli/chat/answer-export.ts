import { resolve } from "node:path";
import { pathKind } from "../../files/path-kind.ts";
import { nearMiss } from "../../base/near-miss.ts";
import { formats, type Format } from "../../recipe/recipe.ts";
import type { LineExport } from "../../recipe/recipe-line.ts";
import { exitCodes } from "../exit-code.ts";
import type { Answer } from "./answered.ts";
import { driveTalk } from "./drive-talk.ts";
import type { Room } from "./room.ts";
import type { Wish } from "./wish.ts";
import type { Talk } from "./talk.ts";
import { tellTrouble } from "./tell-trouble.ts";

const usualFormat = "mp4";

/** Makes a file of the video as it stands. Costs nothing. */
export async function answerExport(
  room: Room,
  talk: Talk,
  { format: wanted = usualFormat, quality = "high" }: Extract<Wish, { to: "export" }>,
): Promise<Answer> {
  const { voice, words } = room;
  const format = formats.find((known) => known === wanted);
  if (format === undefined) {
    const near = nearMiss(wanted, formats);
    voice.say(words.notAFormat(wanted, near ?? formats.join(", ")));
    return { talk, exitCode: exitCodes.usage };
  }
  if (talk.draft?.ready !== true) {
    voice.say(words.nothingToExport);
    return { talk, exitCode: exitCodes.failed };
  }
  const made = talk.line.find(
    (step) => step.kind === "export" && step.format === format && step.quality === quality,
  );
  const step =
    made ??
    ({ kind: "export", format, quality, path: await freePath(room, talk, format) } satisfies LineExport);
  const asked = made === undefined ? { ...talk, line: [...talk.line, step] } : talk;
  const driven = await driveTalk(room, asked);
  voice.work(undefined);
  if (driven.exitCode !== exitCodes.done) {
    tellTrouble(room, driven);
    return { talk: { ...driven.talk, line: talk.line }, exitCode: driven.exitCode };
  }
  if (driven.reason === "up-to-date" && step.kind === "export") {
    voice.say(words.alreadyExported(step.path));
    voice.result(step.path);
  }
  voice.say(words.nextAfterExport);
  return { talk: driven.talk, exitCode: exitCodes.done };
}

/** Below the output folder, under a name that nothing has yet: what was exported before stays. */
async function freePath(
  { base, config, call }: Room,
  { name = base.name, earlier, line }: Talk,
  format: Format,
): Promise<string> {
  const folder = resolve(call.io.cwd, config.outDir ?? ".", "out");
  const taken = new Set([...earlier, ...line.flatMap((step) => (step.kind === "export" ? [step.path] : []))]);
  for (let number = 1; ; number += 1) {
    const path = resolve(folder, `${name}${number === 1 ? "" : `-${number}`}.${format}`);
    if (!taken.has(path) && (await pathKind(path)) === undefined) return path;
  }
}
