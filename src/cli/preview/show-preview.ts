import { findFfmpeg } from "../../emulator/find-ffmpeg.ts";
import { drawFrames, type FramesOf } from "../../files/draw-frames.ts";
import { placeSheet } from "../../files/place-sheet.ts";
import { pictureFormats, terminalPicture } from "../../report/terminal-picture.ts";
import type { Call } from "../call.ts";
import { columnsOf } from "../columns-of.ts";
import { pictureProtocol } from "./picture-protocol.ts";

export interface Previewed {
  /** Absolute. */
  readonly path: string;
  /** As people should see it. */
  readonly shownPath: string;
  readonly durationMs: number | undefined;
}

/** Sentences with a path. */
export interface PreviewWords {
  readonly withoutFfmpeg: (path: string) => string;
  readonly sheetAt: (path: string) => string;
}

const english: PreviewWords = {
  withoutFfmpeg: (path) => `no ffmpeg here draws the frames of the preview: look at ${path} itself`,
  sheetAt: (path) => `frames of the preview: ${path}`,
};
const grid = { columns: 4, rows: 2 };
const widths = { file: 480, picture: 240 };
const mostColumns = 96;

/**
 * Draws a sheet of a preview's frames beside it, and shows it where the terminal can show a picture; else says where
 * it is. Without ffmpeg there is no sheet, and the video itself is what there is to look at. Never throws.
 */
export async function showPreview(
  { path, shownPath, durationMs }: Previewed,
  call: Call,
  words: PreviewWords = english,
): Promise<void> {
  const { screen } = call;
  const ffmpeg = await findFfmpeg();
  if (ffmpeg === undefined) return screen.note(words.withoutFfmpeg(shownPath));
  const frames: FramesOf = { path, durationMs, ffmpegPath: ffmpeg.path };
  await showPicture(frames, call);
  const jpeg = await drawFrames(frames, { ...grid, width: widths.file });
  const sheet = path.replace(/\.mp4$/, ".jpg");
  if (jpeg !== undefined && (await placeSheet(sheet, jpeg)))
    screen.note(words.sheetAt(shownPath.replace(/\.mp4$/, ".jpg")));
}

async function showPicture(frames: FramesOf, { io, flags, screen }: Call): Promise<void> {
  const isPlain = flags.color === false || (io.env["NO_COLOR"] ?? "") !== "";
  const protocol = screen.live && !isPlain ? pictureProtocol(io.env) : undefined;
  if (protocol === undefined) return;
  const bytes = await drawFrames(frames, { ...grid, width: widths.picture, as: pictureFormats[protocol] });
  const columns = Math.min(mostColumns, columnsOf(io.stderr, 80) - 2);
  const picture = bytes === undefined ? undefined : terminalPicture(protocol, bytes, columns);
  if (picture !== undefined) screen.picture(picture);
}
