import { dirname, isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { findFfmpeg } from "../../emulator/find-ffmpeg.ts";
import { drawFrames, type Sheet } from "../../files/draw-frames.ts";
import { pathKind } from "../../files/path-kind.ts";
import type { FileFacts } from "../../job/media.ts";
import type { JobState } from "../../job/state.ts";
import type { PageMedia } from "../../report/page/page-facts.ts";

/** More pictures would make a page that no browser opens at once; without one a video shows its own beginning. */
const mostPosters = 60;
const poster: Sheet = { columns: 1, rows: 1, width: 640 };
const frames: Sheet = { columns: 4, rows: 2, width: 240 };

/** The delivered files that still stand where they were put, with the way to each from the page's folder. */
export async function mediaBesidePage(
  states: readonly JobState[],
  page: string,
): Promise<Map<string, PageMedia>> {
  const media = new Map<string, PageMedia>();
  const delivered = states.flatMap(deliveredFiles);
  const ffmpeg = delivered.length === 0 ? undefined : await findFfmpeg();
  for (const { path, facts, isPreview } of delivered) {
    if ((await pathKind(path)) !== "file") continue;
    const wanted = ffmpeg !== undefined && facts.format !== "gif" && media.size < mostPosters;
    const video = { path, durationMs: facts.durationMs };
    const draw = async (sheet: Sheet): Promise<string | undefined> =>
      wanted ? dataAddress(await drawFrames({ ...video, ffmpegPath: ffmpeg.path }, sheet)) : undefined;
    const picture = await draw(poster);
    const sheet = isPreview ? await draw(frames) : undefined;
    media.set(path, {
      href: hrefFrom(dirname(page), path),
      ...(picture !== undefined && { poster: picture }),
      ...(sheet !== undefined && { frames: sheet }),
    });
  }
  return media;
}

interface DeliveredFile {
  readonly path: string;
  readonly facts: FileFacts;
  readonly isPreview: boolean;
}

function deliveredFiles({ plan, exports }: JobState): DeliveredFile[] {
  const previews = new Set(plan.steps.flatMap((step) => ("preview" in step ? [step.key] : [])));
  return [...exports].flatMap(([key, { delivered }]) =>
    delivered === undefined ? [] : [{ ...delivered, isPreview: previews.has(key) }],
  );
}

const dataAddress = (jpeg: Buffer | undefined): string | undefined =>
  jpeg === undefined ? undefined : `data:image/jpeg;base64,${jpeg.toString("base64")}`;

/** The way from a folder to a file as a page writes it. On another drive there is none but the whole address. */
export function hrefFrom(folder: string, path: string): string {
  const way = relative(folder, path);
  if (isAbsolute(way)) return pathToFileURL(path).href;
  const steps = way
    .split(sep)
    .map((step) => (step === ".." ? step : encodeURIComponent(step.toWellFormed())));
  return steps[0] === ".." ? steps.join("/") : `./${steps.join("/")}`;
}
