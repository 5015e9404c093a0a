import { clouds, noise } from "./noise.ts";
import { mix, scale, smooth, unit, type Vec } from "./vector.ts";

export interface Cup {
  readonly at: Vec;
  /** Which way the handle points, in turns. */
  readonly turn: number;
  readonly glaze: Vec;
  readonly coffee?: boolean;
  /** Bare clay, before it has met the fire. */
  readonly raw?: boolean;
}

export interface Surface {
  readonly colour: Vec;
  /** 0 is a mirror's polish, 1 is chalk. */
  readonly rough: number;
  /** How strongly it mirrors when looked at straight. */
  readonly gloss: number;
}

const tall = 0.92;
const fill = 0.76;
export const reach = 0.98;

/** How far a place is from the clay; negative inside it. The cup stands on y = 0 and is about one unit wide. */
export function distanceToCup([x, y, z]: Vec, filled: boolean): number {
  const round = Math.hypot(x, z);
  const wide = 0.4 + 0.08 * y - 0.07 * (y < 0.2 ? (1 - y * 5) ** 2 : 0) + 0.0022 * Math.sin(y * 58);
  const outer = rounded(round - wide, Math.abs(y - tall / 2) - tall / 2, 0.04);
  const hollow = rounded(round - wide + 0.045, Math.abs(y - tall / 2 - 0.3) - tall / 2 - 0.22, 0.05);
  // The handle is a ring, wider than high, that stops at the outer wall.
  const ring = Math.hypot((x - 0.42) * 1.12, (y - 0.5) * 0.94) - 0.235;
  const handle = Math.max(Math.hypot(ring, z * 0.72) - 0.05, -outer - 0.02);
  const body = soft(outer, handle, 0.05);
  const cup = -soft(-body, hollow, 0.025);
  return filled ? Math.min(cup, Math.max(Math.abs(y - fill) - 0.004, round - wide + 0.03)) : cup;
}

export function surfaceOfCup(cup: Cup, at: Vec): Surface {
  const [x, y, z] = at;
  const round = Math.hypot(x, z);
  const inside = round < 0.33 + 0.08 * y && y > 0.05;
  if (cup.coffee === true && inside && Math.abs(y - fill) < 0.01) return coffeeAt(x, z);
  const speck = smooth(0.72, 0.8, noise(x * 46 + 3 * z, y * 46 - z * 31, 61));
  const clay = scale([0.5, 0.33, 0.22], 0.86 + 0.28 * clouds(x * 9 + z * 4, y * 14, [4, 62]) - 0.3 * speck);
  if (cup.raw === true)
    return {
      colour: scale([0.47, 0.4, 0.36], 0.85 + 0.3 * clouds(x * 7, y * 9 + z * 7, [4, 63])),
      rough: 1,
      gloss: 0.01,
    };
  const angle = Math.atan2(z, x);
  const dune = 0.3 + 0.07 * Math.sin(angle * 2 + 0.9) + 0.03 * Math.sin(angle * 3 + 2.2);
  const covered = inside ? 1 : smooth(dune - 0.008, dune + 0.008, y);
  const tint = inside ? mix(cup.glaze, [0.8, 0.74, 0.64], 0.8) : cup.glaze;
  const rim = smooth(tall - 0.05, tall, y);
  const burnt = mix(scale(tint, 0.55), [0.3, 0.18, 0.1], rim);
  const glazed = mix(
    scale(tint, 0.94 + 0.12 * clouds(angle * 3, y * 5, [4, 64])),
    burnt,
    Math.min(1, 0.7 * rim + 0.3 * speck),
  );
  return {
    colour: mix(clay, glazed, covered),
    rough: covered > 0.5 ? 0.09 : 1,
    gloss: covered > 0.5 ? 0.05 : 0.01,
  };
}

function coffeeAt(x: number, z: number): Surface {
  const ring = smooth(0.3, 0.41, Math.hypot(x, z) + 0.05 * noise(x * 14, z * 14, 65));
  return { colour: mix([0.045, 0.018, 0.007], [0.32, 0.15, 0.06], ring * 0.8), rough: 0.02, gloss: 0.03 };
}

/** Turns a place in the room into the cup's own. */
export function toCup(cup: Cup, p: Vec): Vec {
  const c = Math.cos(cup.turn * 2 * Math.PI);
  const s = Math.sin(cup.turn * 2 * Math.PI);
  const x = p[0] - cup.at[0];
  const z = p[2] - cup.at[2];
  return [x * c + z * s, p[1] - cup.at[1], z * c - x * s];
}

export function normalOfCup(cup: Cup, p: Vec): Vec {
  const e = 0.0012;
  const d = (x: number, y: number, z: number): number =>
    distanceToCup(toCup(cup, [p[0] + x, p[1] + y, p[2] + z]), cup.coffee === true);
  return unit([d(e, 0, 0) - d(-e, 0, 0), d(0, e, 0) - d(0, -e, 0), d(0, 0, e) - d(0, 0, -e)]);
}

function rounded(a: number, b: number, radius: number): number {
  const x = a + radius;
  const y = b + radius;
  return Math.min(Math.max(x, y), 0) + Math.hypot(Math.max(x, 0), Math.max(y, 0)) - radius;
}

/** The nearer of two, with the seam between them filled up. */
function soft(a: number, b: number, width: number): number {
  const h = Math.max(width - Math.abs(a - b), 0) / width;
  return Math.min(a, b) - (h * h * width) / 4;
}
