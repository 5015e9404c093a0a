/** Chance that is the same on every machine: from 0 to 1, for a whole-numbered place. */
export function chance(x: number, y: number, seed = 0): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0x100000000;
}

/** Smooth noise from 0 to 1. */
export function noise(x: number, y: number, seed = 0): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fx = x - ix;
  const fy = y - iy;
  const ux = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const uy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const a = chance(ix, iy, seed);
  const b = chance(ix + 1, iy, seed);
  const c = chance(ix, iy + 1, seed);
  const d = chance(ix + 1, iy + 1, seed);
  return a + (b - a) * ux + (c - a) * uy + (a - b - c + d) * ux * uy;
}

/** How many octaves, and the seed of the first. */
export type Grain = readonly [octaves: number, seed: number];

/** Octaves of noise, each twice as fine and half as strong, turned so that no grid shows: from 0 to 1. */
export function clouds(x: number, y: number, [octaves, seed]: Grain): number {
  let sum = 0;
  let strength = 0.5;
  let px = x;
  let py = y;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += strength * noise(px, py, seed + octave);
    const turned = px * 1.6 - py * 1.2;
    py = px * 1.2 + py * 1.6;
    px = turned;
    strength /= 2;
  }
  return sum / (1 - strength * 2);
}

/** Like `clouds`, but with sharp crests where the noise is halfway. */
export function ridges(x: number, y: number, [octaves, seed]: Grain): number {
  let sum = 0;
  let strength = 0.5;
  let weight = 1;
  let px = x;
  let py = y;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(2 * noise(px, py, seed + octave) - 1);
    const sharp = crest * crest * weight;
    sum += strength * sharp;
    weight = Math.min(1, sharp * 2);
    const turned = px * 1.6 - py * 1.2;
    py = px * 1.2 + py * 1.6;
    px = turned;
    strength /= 2;
  }
  return sum;
}
