import { spawn } from "node:child_process";
import { once } from "node:events";
import { chance } from "./noise.ts";
import { clamp, cross, lerp, scale, add, sub, unit, type Vec } from "./vector.ts";

/** Evenly spread numbers from 0 to 1, a row of them for each question. */
export type Dice = (question: number) => number;

/** What is seen from a place in one direction, in linear light. */
export type Scene = (from: Vec, towards: Vec, dice: Dice) => Vec;

type Spot = readonly [x: number, y: number];

export interface Photo {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** A prime number. */
  readonly samples: number;
  readonly from: Vec;
  readonly at: Vec;
  /** Height of the view at distance 1. */
  readonly view: number;
  /** Radius of the lens; 0 has everything sharp. */
  readonly lens?: number;
  readonly focus?: number;
  readonly exposure?: number;
  /** Strength of ffmpeg's noise filter. */
  readonly denoise?: number;
  /** ffmpeg's scale for JPEG: 2 is the best. */
  readonly quality?: number;
  readonly grain?: false;
  readonly scene: Scene;
  /** Painted over the linear picture; x and y run from 0 to 1. */
  readonly glass?: (colour: Vec, x: number, y: number) => Vec;
}

/**
 * Two numbers to a question, spread evenly over the samples of a pixel, and differently in each pixel. Every pair
 * takes the samples in an order of its own, which a prime number of samples makes complete.
 */
function diceOf(photo: Photo, [x, y]: Spot, sample: number): Dice {
  return (question) => {
    const pair = question >> 1;
    const stride = 1 + Math.floor(chance(x, y, 700 + pair) * (photo.samples - 1));
    const turn = (sample * stride) % photo.samples;
    const step = question % 2 === 0 ? 0.7548776662 : 0.569840291;
    return (chance(x, y, question) + turn * step) % 1;
  };
}

/** Exposes a photo line by line and has ffmpeg write it as JPEG. */
export async function expose(photo: Photo): Promise<void> {
  const { width, height } = photo;
  const seen = `-f rawvideo -pix_fmt rgb24 -s ${width}x${height} -i -`;
  const film = photo.grain === false ? "null" : "noise=alls=3:allf=u";
  const filter = photo.denoise === undefined ? film : `nlmeans=s=${photo.denoise}:p=5:r=9,${film}`;
  const paper = photo.file.endsWith(".png")
    ? "-pix_fmt rgb24"
    : `-pix_fmt yuvj420p -q:v ${photo.quality ?? 3}`;
  const args = ["-v", "error", "-y", ...seen.split(" "), "-vf", filter, ...paper.split(" "), photo.file];
  const ffmpeg = spawn("ffmpeg", args, { stdio: ["pipe", "inherit", "inherit"] });
  for (let y = 0; y < height; y += 1) {
    if (!ffmpeg.stdin.write(exposeLine(photo, y))) await once(ffmpeg.stdin, "drain");
  }
  ffmpeg.stdin.end();
  const [code] = await once(ffmpeg, "close");
  if (code !== 0) throw new Error(`ffmpeg could not write ${photo.file}`);
}

function exposeLine(photo: Photo, y: number): Uint8Array {
  const line = new Uint8Array(photo.width * 3);
  for (let x = 0; x < photo.width; x += 1) {
    let sum: Vec = [0, 0, 0];
    for (let sample = 0; sample < photo.samples; sample += 1) {
      const dice = diceOf(photo, [x, y], sample);
      const seen = look(photo, [x + dice(0), y + dice(1)], dice);
      // One very bright sample would leave a white speck.
      const peak = Math.max(seen[0], seen[1], seen[2], 12);
      sum = add(sum, scale(seen, 12 / peak));
    }
    line.set(develop(photo, scale(sum, 1 / photo.samples), [x / photo.width, y / photo.height]), x * 3);
  }
  return line;
}

function look(photo: Photo, [x, y]: Spot, dice: Dice): Vec {
  const ahead = unit(sub(photo.at, photo.from));
  const right = unit(cross(ahead, [0, 1, 0]));
  const up = cross(right, ahead);
  const u = ((x - photo.width / 2) / photo.height) * photo.view;
  const v = (0.5 - y / photo.height) * photo.view;
  const ray = add(ahead, add(scale(right, u), scale(up, v)));
  const lens = photo.lens ?? 0;
  if (lens === 0) return photo.scene(photo.from, unit(ray), dice);
  const angle = dice(2) * 2 * Math.PI;
  const radius = Math.sqrt(dice(3)) * lens;
  const from = add(
    photo.from,
    add(scale(right, Math.cos(angle) * radius), scale(up, Math.sin(angle) * radius)),
  );
  const sharp = add(photo.from, scale(ray, photo.focus ?? 1));
  return photo.scene(from, unit(sub(sharp, from)), dice);
}

/** Linear light to bytes: exposure, darker corners, a film's soft shoulder, sRGB. */
function develop(photo: Photo, light: Vec, [x, y]: Spot): number[] {
  const through = photo.glass?.(light, x, y) ?? light;
  const corner = 1 - 0.35 * ((x - 0.5) ** 2 + (y - 0.5) ** 2) * 1.6;
  const grey = (through[0] + through[1] + through[2]) / 3;
  return through.map((channel) => {
    const v = Math.max(0, lerp(grey, channel, 1.14)) * (photo.exposure ?? 1) * corner * 0.68;
    const film = (v * (2.51 * v + 0.03)) / (v * (2.43 * v + 0.59) + 0.14);
    return Math.round(255 * clamp(film) ** (1 / 2.2));
  });
}
