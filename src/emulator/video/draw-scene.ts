import { chance } from "../faults/chance.ts";

type Colour = readonly [red: number, green: number, blue: number];

interface Palette {
  words: RegExp;
  sky: readonly [top: Colour, bottom: Colour];
  sun: Colour;
  land: Colour;
}

const palettes: readonly Palette[] = [
  {
    words: /sunset|dusk|evening|dawn|sunrise|日落|夕阳|日出|黄昏/i,
    sky: [
      [52, 40, 110],
      [255, 150, 90],
    ],
    sun: [255, 225, 150],
    land: [70, 32, 72],
  },
  {
    words: /sea|ocean|beach|water|lake|海|湖|沙滩/i,
    sky: [
      [70, 150, 220],
      [205, 238, 250],
    ],
    sun: [255, 250, 215],
    land: [12, 92, 138],
  },
  {
    words: /forest|garden|tree|grass|spring|森林|花园|草|春/i,
    sky: [
      [125, 190, 215],
      [232, 246, 214],
    ],
    sun: [255, 248, 200],
    land: [34, 96, 58],
  },
  {
    words: /night|city|space|star|夜|城市|太空|星/i,
    sky: [
      [8, 12, 40],
      [58, 58, 120],
    ],
    sun: [235, 238, 255],
    land: [14, 16, 34],
  },
  {
    words: /snow|winter|mountain|ice|雪|冬|山/i,
    sky: [
      [110, 160, 210],
      [236, 242, 250],
    ],
    sun: [255, 255, 240],
    land: [92, 112, 146],
  },
];

const plain: Palette = {
  words: /(?:)/,
  sky: [
    [92, 70, 160],
    [250, 178, 170],
  ],
  sun: [255, 238, 205],
  land: [64, 48, 108],
};
const width = 1280;

/** A landscape for a clip that has no pictures, as a PPM file: sky, sun, hills; colours after the subject. */
export function drawScene(subject: string, ratio: number): Buffer {
  const height = Math.round(width / ratio / 2) * 2;
  const palette = palettes.find(({ words }) => words.test(subject)) ?? plain;
  const sunAt = {
    x: width * (0.25 + 0.5 * chance(`${subject}:x`)),
    y: height * (0.3 + 0.25 * chance(`${subject}:y`)),
  };
  const ridges = [0, 1, 2].map((layer) => ridge(subject, layer, height));
  const header = Buffer.from(`P6\n${width} ${height}\n255\n`);
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const sky = blend(palette.sky[0], palette.sky[1], Math.min(1, y / (height * 0.8)));
    for (let x = 0; x < width; x += 1) {
      const layer = ridges.findLastIndex((line) => y > (line[x] ?? height));
      const away = Math.hypot(x - sunAt.x, y - sunAt.y) / Math.min(width, height);
      const glow = away < 0.085 ? 1 : Math.max(0, 0.75 - away * 1.6) ** 2;
      const colour =
        layer < 0 ? blend(sky, palette.sun, glow) : blend(palette.sky[1], palette.land, 0.45 + layer * 0.27);
      const at = (y * width + x) * 3;
      pixels[at] = colour[0];
      pixels[at + 1] = colour[1];
      pixels[at + 2] = colour[2];
    }
  }
  return Buffer.concat([header, pixels]);
}

function ridge(subject: string, layer: number, height: number): Float64Array {
  const phase = chance(`${subject}:${layer}`) * 20;
  const base = height * (0.62 + layer * 0.12);
  return Float64Array.from({ length: width }, (_, x) => {
    const t = x / width;
    return (
      base +
      height *
        (0.05 * Math.sin(t * 6 + phase) +
          0.025 * Math.sin(t * 17 + phase * 2) +
          0.006 * Math.sin(t * 61 + phase))
    );
  });
}

function blend(from: Colour, to: Colour, share: number): Colour {
  const mix = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [mix(0), mix(1), mix(2)];
}
