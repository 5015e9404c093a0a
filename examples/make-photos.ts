// Makes the photos in this folder: node examples/make-photos.ts [part of a name …] [--width 400]
// Nothing but arithmetic and ffmpeg: sand, cups and mountains are formulas (see studio/).
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { expose, type Photo } from "./studio/film.ts";
import { writeHeic } from "./studio/heic.ts";
import { dunes, mountains } from "./studio/landscapes.ts";
import { logo } from "./studio/logo.ts";
import { city, coffee, glazed, glazes, unglazed, window } from "./studio/rooms.ts";
import { steam } from "./studio/steam.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { width: { type: "string" } } });

const wide = { width: 1600, height: 1066 };
const tall = { width: 960, height: 1280 };
/** A lens that is wide open, and the light of one room gathered long enough. */
const indoors = { samples: 29, denoise: 3, lens: 0.07 };

const photos: Photo[] = [
  {
    file: "photos/1-dunes.jpg",
    ...wide,
    samples: 5,
    from: [0, 33, 0],
    at: [-30, 24, 80],
    view: 0.72,
    scene: dunes,
  },
  {
    file: "photos/2-window-light.jpg",
    ...wide,
    ...indoors,
    from: [0.5, 1.2, -3.5],
    at: [0.12, 0.5, 0],
    view: 0.56,
    focus: 3.5,
    scene: window,
    glass: steam(0.535, 0.33, 0.42),
  },
  {
    file: "photos/3-three-glazes.jpg",
    ...wide,
    ...indoors,
    lens: 0.015,
    from: [0.3, 1.55, -6.2],
    at: [0, 0.92, 0.4],
    view: 0.46,
    focus: 6.3,
    exposure: 0.55,
    scene: glazes,
  },
  {
    file: "photos/4-first-coffee.jpg",
    ...wide,
    ...indoors,
    lens: 0.03,
    from: [0.5, 3.9, -2.4],
    at: [0.15, 0.25, 0.15],
    view: 0.58,
    focus: 4.1,
    exposure: 0.72,
    scene: coffee,
  },
  {
    file: "photos/5-mountain-morning.jpg",
    ...wide,
    samples: 3,
    from: [0, 120, -40],
    at: [-10, 106, 200],
    view: 0.7,
    scene: mountains,
  },
  {
    file: "photos/6-city-at-night.jpg",
    ...wide,
    ...indoors,
    samples: 41,
    denoise: 4,
    from: [0.2, 0.78, -3.6],
    at: [0, 0.72, 0],
    view: 0.62,
    focus: 3.6,
    scene: city,
    glass: steam(0.65, 0.38, 0.4),
  },
  {
    file: "phone/IMG_2041.jpg",
    ...tall,
    samples: 5,
    from: [60, 40, 20],
    at: [20, 30, 80],
    view: 1.0,
    scene: dunes,
  },
  {
    file: "phone/IMG_2042.heic",
    ...tall,
    ...indoors,
    from: [-0.9, 1.5, -3.0],
    at: [0.05, 0.52, 0],
    view: 0.66,
    focus: 3.1,
    scene: window,
    glass: steam(0.46, 0.3, 0.4),
  },
  {
    file: "phone/IMG_2043.jpg",
    ...tall,
    samples: 3,
    from: [300, 130, -40],
    at: [330, 132, 200],
    view: 0.8,
    scene: mountains,
  },
  {
    file: "before-after/before.jpg",
    width: 1400,
    height: 934,
    ...indoors,
    from: [0.6, 1.15, -3.7],
    at: [0, 0.45, 0],
    view: 0.5,
    focus: 3.6,
    scene: unglazed,
  },
  {
    file: "before-after/after.jpg",
    width: 1400,
    height: 934,
    ...indoors,
    from: [0.6, 1.15, -3.7],
    at: [0, 0.45, 0],
    view: 0.5,
    focus: 3.6,
    scene: glazed,
  },
  {
    file: "brand/logo.png",
    width: 720,
    height: 720,
    samples: 11,
    from: [0, 0, 0],
    at: [0, 0, 1],
    view: 2,
    grain: false,
    scene: logo,
  },
];

for (const photo of photos) {
  if (positionals.length > 0 && !positionals.some((part) => photo.file.includes(part))) continue;
  const width = Math.min(Number(values.width ?? photo.width), photo.width);
  const height = 2 * Math.round((photo.height * width) / photo.width / 2);
  const file = join(import.meta.dirname, photo.file);
  mkdirSync(dirname(file), { recursive: true });
  const heic = file.endsWith(".heic");
  const exposed = heic ? `${file}.jpg` : file;
  await expose({ ...photo, width, height, file: exposed });
  if (!heic) continue;
  writeHeic(exposed, file, [width, height]);
  rmSync(exposed);
}
