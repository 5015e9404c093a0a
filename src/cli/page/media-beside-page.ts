import { dirname, isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { findFfmpeg } from "../../emulator/find-ffmpeg.ts";
import { drawFrames } from "../../files/draw-frames.ts";
import { pathKind } from "../../files/path-kind.ts";
import type { JobState } from "../../job/state.ts";
import type { PageMedia } from "../../report/page/page-facts.ts";

/** More pictures would make a page that no browser opens at once; without one a video shows its own beginning. */
const mostPosters = 60;
const poster = { columns: 1, rows: 1, width: 640 };

/** The delivered files that still stand where they were put, with the way to each from the page's folder. */
export async function mediaBesidePage(
  states: readonly JobState[],
  page: string,
): Promise<Map<string, PageMedia>> {
  const media = new Map<string, PageMedia>();
  const delivered = states.flatMap(({ exports }) =>
    [...exports.values()].flatMap(({ delivered }) => (delivered === undefined ? [] : [delivered])),
  );
  const ffmpeg = delivered.length === 0 ? undefined : await findFfmpeg();
  for (const { path, facts } of delivered) {
    if ((await pathKind(path)) !== "file") continue;
    const wanted = ffmpeg !== undefined && facts.format !== "gif" && media.size < mostPosters;
    const jpeg = wanted
      ? await drawFrames({ path, durationMs: facts.durationMs, ffmpegPath: ffmpeg.path }, poster)
      : undefined;
    media.set(path, {
      href: hrefFrom(dirname(page), path),
      ...(jpeg !== undefined && { poster: `data:image/jpeg;base64,${jpeg.toString("base64")}` }),
    });
  }
  return media;
}

/** The way from a folder to a file as a page writes it. On another drive there is none but the whole address. */
export function hrefFrom(folder: string, path: string): string {
  const way = relative(folder, path);
  if (isAbsolute(way)) return pathToFileURL(path).href;
  const steps = way
    .split(sep)
    .map((step) => (step === ".." ? step : encodeURIComponent(step.toWellFormed())));
  return steps[0] === ".." ? steps.join("/") : `./${steps.join("/")}`;
}
