import type { Scene } from "./film.ts";
import { chance, clouds, noise } from "./noise.ts";
import type { Surface } from "./cup.ts";
import { acrossSun, stillLife, type Stone } from "./still-life.ts";
import { add, mix, mul, scale, smooth, unit, type Vec } from "./vector.ts";

const sand: Vec = [0.74, 0.62, 0.46];
const terracotta: Vec = [0.55, 0.19, 0.1];
const night: Vec = [0.05, 0.1, 0.2];

function oak(x: number, z: number): Surface {
  const plank = Math.floor(z / 1.15 + 0.35);
  const seam = smooth(0.012, 0.004, Math.abs(z / 1.15 + 0.35 - plank - 0.5) < 0.49 ? 1 : 0);
  const along = x * 0.55 + plank * 17;
  const grain = clouds(along * 1.2, z * 15 + 1.6 * noise(along * 1.4, z * 2, 72), [5, 70]);
  const rings = 0.5 + 0.5 * Math.sin(44 * clouds(along * 0.32, z * 0.9 + plank * 3, [2, 71]));
  const tone = mix([0.25, 0.14, 0.075], [0.44, 0.28, 0.165], grain * 0.75 + rings * 0.25);
  return {
    colour: scale(tone, (0.86 + 0.2 * chance(plank, 5)) * (1 - 0.5 * seam)),
    rough: 0.42,
    gloss: 0.035,
  };
}

const plaster =
  (tone: Vec) =>
  (at: Vec): Surface => ({
    colour: scale(tone, 0.95 + 0.1 * clouds(at[0] * 3 + at[2] * 2, at[1] * 3 + at[2], [4, 75])),
    rough: 1,
    gloss: 0,
  });

const pebble =
  (tone: Vec) =>
  (at: Vec): Surface => ({
    colour: scale(tone, 0.8 + 0.4 * clouds(at[0] * 11 + at[2] * 5, at[1] * 13 + at[2] * 6, [4, 76])),
    rough: 0.7,
    gloss: 0.02,
  });

/** Panes of a window, drawn where the sun comes through. */
function panes(at: Vec, sun: Vec, [wide, high, low]: Vec): number {
  const [u, v] = acrossSun(sun, at);
  const bar = (value: number, size: number): number => {
    const cell = Math.abs(((value / size) % 1) + (value < 0 ? 1 : 0) - 0.5) * 2;
    return smooth(0.92, 0.84, cell);
  };
  return bar(u + 0.3, wide) * bar(v - low, high);
}

interface Glow {
  readonly size: number;
  /** How many of the places have a light. */
  readonly share: number;
  readonly seed: number;
}

/** Soft round lights out of focus. */
function lights(u: number, v: number, { size, share, seed }: Glow): Vec {
  let sum: Vec = [0, 0, 0];
  const x = Math.floor(u / size);
  const y = Math.floor(v / size);
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      const [cx, cy] = [x + dx, y + dy];
      if (chance(cx, cy, seed) > share) continue;
      const radius = size * (0.34 + 0.3 * chance(cx, cy, seed + 1));
      const off = Math.hypot(
        u - (cx + chance(cx, cy, seed + 2)) * size,
        v - (cy + chance(cx, cy, seed + 3)) * size,
      );
      const disc = smooth(radius, radius * 0.92, off) * (0.72 + 0.28 * smooth(radius * 0.6, radius, off));
      const warm = chance(cx, cy, seed + 4);
      const colour: Vec =
        warm < 0.55
          ? [1.6, 0.72, 0.22]
          : warm < 0.8
            ? [1.5, 1.15, 0.75]
            : warm < 0.92
              ? [0.35, 0.75, 1.5]
              : [1.5, 0.2, 0.16];
      sum = add(sum, scale(colour, disc * (0.18 + 0.6 * chance(cx, cy, seed + 5) ** 2)));
    }
  }
  return sum;
}

/** Where a ray meets a wall far behind the table, as two coordinates on it. */
function onWall(from: Vec, towards: Vec, z: number): [number, number] {
  const t = (z - from[2]) / towards[2];
  return [from[0] + towards[0] * t, from[1] + towards[1] * t];
}

const morning = unit([-0.8, 0.62, 0.18]);
const stones = (list: readonly (readonly [number, number, number, Vec])[]): Stone[] =>
  list.map(([x, z, size, tone]) => ({
    at: [x, size * 0.5, z],
    size: [size, size * 0.52, size * 0.8],
    round: true,
    surface: pebble(tone),
  }));

/** A cup of coffee in the morning light of a window, a garden far behind it. */
export const window: Scene = stillLife({
  cups: [{ at: [0, 0, 0], turn: 0.94, glaze: sand, coffee: true }],
  stones: stones([
    [1.05, 0.25, 0.15, [0.5, 0.46, 0.42]],
    [1.3, -0.02, 0.1, [0.36, 0.33, 0.32]],
    [-1.5, 1.4, 0.2, [0.5, 0.46, 0.42]],
  ]),
  table: oak,
  sun: morning,
  sunlight: [5.2, 4.1, 2.9],
  spread: 0.05,
  window: (at) => panes(at, morning, [2.1, 1.5, 0.55]),
  backdrop: (from, towards) => {
    const [u, v] = onWall(from, towards, 14);
    const leaves = mix([0.08, 0.13, 0.05], [0.62, 0.68, 0.24], clouds(u * 0.22 + 4, v * 0.3, [3, 81]));
    const base = mix(
      scale(leaves, 0.7),
      [0.95, 0.92, 0.75],
      smooth(0.45, 0.85, clouds(u * 0.13, v * 0.2 + 2, [3, 82])),
    );
    return add(
      base,
      scale(mix(lights(u, v, { size: 1.5, share: 0.5, seed: 83 }), [0.5, 0.5, 0.3], 0.3), 0.5),
    );
  },
  room: (towards) =>
    mix([0.3, 0.26, 0.2], [0.75, 0.8, 0.85], smooth(-0.2, 0.8, towards[1] * 0.6 - towards[0] * 0.5)),
});

/** Fronds of a palm before a window: leaflets to both sides of three stems. */
function fronds(at: Vec, sun: Vec): number {
  const [u, v] = acrossSun(sun, at);
  let open = 1;
  for (const [x, y, turn] of [
    [-1.9, 2.3, -0.55],
    [0.4, 2.6, -1.15],
    [2.2, 2.2, -1.95],
  ] as const) {
    const along = (u - x) * Math.cos(turn) + (v - y) * Math.sin(turn);
    const off = (v - y) * Math.cos(turn) - (u - x) * Math.sin(turn) + 0.12 * along * along;
    const long = 0.75 * smooth(-0.1, 0.5, along) * smooth(2.7, 1.2, along);
    const leaflet = Math.abs((((along - Math.abs(off) * 0.75) * 4.6 + 40) % 1) - 0.5) * 2;
    const leaf = smooth(0.3, 0.5, leaflet + 0.45 * smooth(0.5, 1, Math.abs(off) / (long + 0.001)));
    const stem = Math.abs(off) < 0.02 && along > 0 && along < 2.6;
    const shadow = stem ? 1 : (1 - leaf) * smooth(long, long - 0.06, Math.abs(off));
    open = Math.min(open, 1 - 0.9 * shadow);
  }
  return open;
}

const noon = unit([-0.62, 0.72, -0.62]);
const rose: Vec = [0.72, 0.5, 0.4];
const block = (x: number, z: number, [wide, high]: readonly [number, number]): Stone => ({
  at: [x, high / 2, z],
  size: [wide, high / 2, wide],
  surface: plaster(scale(rose, 1.02)),
});

/** The three glazes on three blocks before a wall, under the shadow of a palm. */
export const glazes: Scene = stillLife({
  cups: [
    { at: [-1.35, 0.42, 0.1], turn: 0.6, glaze: night },
    { at: [0, 0.95, 0.55], turn: 0.88, glaze: terracotta },
    { at: [1.35, 0.2, -0.05], turn: 0.93, glaze: sand },
  ],
  stones: [
    block(-1.35, 0.1, [0.62, 0.42]),
    block(0, 0.55, [0.66, 0.95]),
    block(1.35, -0.05, [0.62, 0.2]),
    { at: [0, 5, 2.6], size: [30, 9, 0.5], surface: plaster(rose) },
  ],
  table: (x, z) => plaster(rose)([x, 0, z]),
  sun: noon,
  sunlight: [4.4, 3.7, 2.9],
  spread: 0.03,
  window: (at) => fronds(at, noon),
  backdrop: () => rose,
  room: (towards) => mix([0.42, 0.28, 0.22], [0.62, 0.62, 0.68], smooth(-0.3, 0.7, towards[1])),
});

function linen(x: number, z: number): Surface {
  const weave =
    0.5 +
    0.25 * Math.sin(x * 150 + 3 * noise(x * 5, z * 60, 90)) +
    0.25 * Math.sin(z * 150 + 3 * noise(x * 60, z * 5, 91));
  const fold = clouds(x * 0.8 + z * 0.5, z * 0.7 - x * 0.2, [3, 92]);
  return { colour: scale([0.66, 0.61, 0.54], 0.72 + 0.16 * weave + 0.3 * fold), rough: 1, gloss: 0 };
}

const beans: Stone[] = Array.from({ length: 64 }, (_, index) => {
  const angle = 6.28 * chance(index, 1, 93);
  const away = 0.7 + 2.2 * chance(index, 2, 93) ** 1.8;
  const [long, wide] = chance(index, 3, 93) < 0.5 ? [0.085, 0.06] : [0.06, 0.085];
  const brown = scale([0.13, 0.055, 0.025], 0.7 + 0.7 * chance(index, 4, 93));
  return {
    at: [0.35 + Math.cos(angle) * away, 0.04, 0.2 + Math.sin(angle) * away * 0.8],
    size: [long, 0.045, wide],
    round: true,
    surface: () => ({ colour: brown, rough: 0.3, gloss: 0.04 }),
  };
});

const breakfast = unit([-0.72, 0.66, 0.36]);

/** The first coffee, from above, with beans on linen. */
export const coffee: Scene = stillLife({
  cups: [
    { at: [0, 0, 0], turn: 0.07, glaze: night, coffee: true },
    { at: [-1.9, 0, 1.25], turn: 0.4, glaze: sand, coffee: true },
  ],
  stones: beans,
  table: linen,
  sun: breakfast,
  sunlight: [4.6, 3.9, 3.0],
  spread: 0.07,
  window: (at) => panes(at, breakfast, [3.1, 2.3, 0.9]),
  backdrop: () => [0.5, 0.45, 0.4],
  room: (towards) =>
    mix([0.3, 0.27, 0.24], [0.72, 0.76, 0.84], smooth(-0.2, 0.8, towards[1] - towards[0] * 0.4)),
});

const lamp = unit([0.86, 0.52, -0.28]);

/** A cup at a window above a city at night. */
export const city: Scene = stillLife({
  cups: [{ at: [-0.55, 0, 0], turn: 0.44, glaze: terracotta, coffee: true }],
  table: (x, z) => ({ ...oak(x, z), rough: 0.28, gloss: 0.05 }),
  sun: lamp,
  sunlight: [3.4, 1.9, 0.85],
  spread: 0.12,
  backdrop: (from, towards) => {
    const [u, v] = onWall(from, towards, 16);
    const dusk = mix([0.16, 0.09, 0.12], [0.012, 0.018, 0.05], smooth(-1.5, 6, v));
    const house = smooth(
      0.1,
      -0.1,
      v - 2.2 - 3.4 * noise(Math.floor(u / 1.7) * 3.1, 0.5, 96) * noise(u * 0.1, 4, 97),
    );
    const shine = add(
      lights(u, v, { size: 1.25, share: 0.62, seed: 98 }),
      lights(u + 50, v, { size: 0.8, share: 0.4, seed: 110 }),
    );
    return add(scale(dusk, 1 - 0.5 * house), scale(shine, 0.1 + 0.8 * house));
  },
  room: (towards) =>
    mix([0.03, 0.025, 0.03], [0.07, 0.09, 0.17], smooth(-0.2, 0.8, towards[2] + towards[1] * 0.3)),
});

const workshop = (raw: boolean): Scene =>
  stillLife({
    cups: [{ at: [0, 0, 0], turn: 0.9, glaze: terracotta, raw, coffee: !raw }],
    stones: stones([
      [-1.35, 0.7, 0.17, [0.5, 0.46, 0.42]],
      [-1.1, 0.35, 0.1, [0.36, 0.33, 0.32]],
    ]),
    table: oak,
    sun: unit([-0.7, 0.62, -0.1]),
    sunlight: raw ? [1.1, 1.1, 1.15] : [5.2, 4.0, 2.7],
    spread: raw ? 0.5 : 0.06,
    backdrop: (from, towards) => {
      const [u, v] = onWall(from, towards, 12);
      const wall = mix([0.2, 0.21, 0.22], [0.34, 0.33, 0.32], clouds(u * 0.14, v * 0.2, [3, 99]));
      return raw ? wall : mul(wall, [2.2, 1.75, 1.25]);
    },
    room: (towards) =>
      scale(mix([0.2, 0.2, 0.21], [0.6, 0.62, 0.66], smooth(-0.2, 0.8, towards[1])), raw ? 1 : 0.9),
  });

/** The same cup in the same place, before and after the glaze. */
export const unglazed: Scene = workshop(true);
export const glazed: Scene = workshop(false);
