import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findFont } from "./find-font.ts";
import { pixelTitle } from "./pixel-title.ts";
import type { Storyboard } from "./storyboard.ts";
import { framesPerSecond } from "./storyboard.ts";
import type { Paths } from "./video-arguments.ts";

const fadeSeconds = 0.5;

/** Prepares the title in the folder of the render: set in a font of this machine, else in pixels of our own. */
export async function titleLayer(board: Storyboard, folder: string): Promise<Paths["title"]> {
  const { title } = board;
  if (title === undefined) return undefined;
  const lines = breakLines(title.text);
  const font = await findFont(title.text);
  if (font === undefined) return pixelLayer(board, folder, lines);
  // Names without a path need no escaping, on any system.
  await copyFile(font, join(folder, "font"));
  await Promise.all(lines.map((line, index) => writeFile(join(folder, `title${index}.txt`), line)));
  const size = fontSize(board, lines);
  return {
    inputs: [],
    filter: (from, to) => {
      const steps = lines.map((_, index) => drawLine(board, { index, count: lines.length, size }));
      return `${from}${steps.join(",")}${to}`;
    },
  };
}

function drawLine(board: Storyboard, line: { index: number; count: number; size: number }): string {
  const { title } = board;
  const start = title?.startSeconds ?? 0;
  const end = start + (title?.seconds ?? 0);
  const fade = Math.min(fadeSeconds, (end - start) / 3);
  const alpha = `if(lt(t,${start + fade}),max(0,(t-${start})/${fade}),max(0,min(1,(${end}-t)/${fade})))`;
  const y = `(h-${line.count * line.size * 1.3})/2+${line.index * line.size * 1.3}`;
  const edge = Math.max(1, Math.round(line.size / 24));
  return [
    `drawtext=fontfile=font:textfile=title${line.index}.txt:expansion=none:fontsize=${line.size}`,
    `fontcolor=white:borderw=${edge}:bordercolor=black@0.45:shadowx=${edge}:shadowy=${edge}:shadowcolor=black@0.4`,
    `x=(w-text_w)/2:y=${y}:alpha='${alpha}':enable='between(t,${start},${end})'`,
  ].join(":");
}

async function pixelLayer(board: Storyboard, folder: string, lines: string[]): Promise<Paths["title"]> {
  const { title } = board;
  const image = pixelTitle(lines, { width: board.width, height: board.height });
  await writeFile(join(folder, "title.pam"), image);
  const start = title?.startSeconds ?? 0;
  const seconds = title?.seconds ?? 0;
  const fade = Math.min(fadeSeconds, seconds / 3);
  return {
    inputs: ["-loop", "1", "-framerate", String(framesPerSecond), "-t", String(seconds), "-i", "title.pam"],
    filter: (from, to, input) =>
      `[${input}:v]format=rgba,fade=t=in:d=${fade}:alpha=1,fade=t=out:st=${seconds - fade}:d=${fade}:alpha=1,` +
      `setpts=PTS+${start}/TB[title];${from}[title]overlay=(W-w)/2:(H-h)/2:eof_action=pass${to}`,
  };
}

const longestLine = 26;

/** Two lines at most, broken where there is a space near the middle. */
function breakLines(text: string): string[] {
  const line = text.replace(/\s+/g, " ").trim().slice(0, 120);
  if (line.length <= longestLine) return [line];
  const spaces = [...line.matchAll(/ /g)].map((match) => match.index);
  const middle = spaces.toSorted((a, b) => Math.abs(a - line.length / 2) - Math.abs(b - line.length / 2))[0];
  return middle === undefined ? [line] : [line.slice(0, middle), line.slice(middle + 1)];
}

function fontSize(board: Storyboard, lines: readonly string[]): number {
  const widest = Math.max(...lines.map(letterWidths));
  return Math.max(8, Math.floor(Math.min(board.height / 10, board.width / 8, (board.width * 0.86) / widest)));
}

/** About how many times the font size a line is wide. */
function letterWidths(line: string): number {
  return [...line].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/u.test(letter) ? 1 : 0.66), 0);
}
