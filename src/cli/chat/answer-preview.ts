import { resolve } from "node:path";
import type { LineExport } from "../../recipe/recipe-line.ts";
import { exitCodes } from "../exit-code.ts";
import { showPreview } from "../preview/show-preview.ts";
import { shownFrom } from "../shown-from.ts";
import { wentWell, type Answer } from "./answered.ts";
import { driveTalk } from "./drive-talk.ts";
import { outFolder } from "./out-folder.ts";
import { previewFile } from "./preview-file.ts";
import type { Room } from "./room.ts";
import type { Talk } from "./talk.ts";
import { tellTrouble } from "./tell-trouble.ts";

/** A small video of the draft as it stands, and its frames. Costs nothing, and is no part of the recording. */
export async function answerPreview(room: Room, talk: Talk): Promise<Answer> {
  const { voice, words, call, base } = room;
  if (talk.draft?.ready !== true) {
    voice.say(words.nothingToExport);
    return { talk, exitCode: exitCodes.failed };
  }
  const path = resolve(outFolder(room), previewFile(talk.name ?? base.name));
  const step: LineExport = { kind: "export", format: "mp4", quality: "low", path };
  const driven = await driveTalk(room, { ...talk, line: [...talk.line, step] }, { isPreview: true });
  voice.work(undefined);
  const after = { ...driven.talk, line: talk.line };
  if (driven.exitCode !== exitCodes.done) {
    if (room.signal.aborted) voice.say(words.exportStopped);
    tellTrouble(room, driven);
    return { talk: after, exitCode: driven.exitCode };
  }
  const shownPath = shownFrom(call.io.cwd, path);
  const delivered = [...(driven.state?.exports.values() ?? [])].find((one) => one.delivered?.path === path);
  await showPreview({ path, shownPath, durationMs: delivered?.delivered?.facts.durationMs }, call, {
    withoutFfmpeg: words.previewWithoutFfmpeg,
    sheetAt: words.previewSheet,
  });
  return wentWell(after);
}
