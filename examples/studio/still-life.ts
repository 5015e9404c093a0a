import { distanceToCup, normalOfCup, reach, surfaceOfCup, toCup, type Cup, type Surface } from "./cup.ts";
import type { Dice, Scene } from "./film.ts";
import { add, cross, dot, mix, mul, reflect, scale, unit, type Vec } from "./vector.ts";

/** Cups, and stones to stand on or lie about, on a table at y = 0, in the light of a sun and a room. */
export interface StillLife {
  readonly cups: readonly Cup[];
  readonly stones?: readonly Stone[];
  readonly table: (x: number, z: number) => Surface;
  readonly sun: Vec;
  readonly sunlight: Vec;
  /** Spread of the sun: 0 makes hard shadows. */
  readonly spread: number;
  /** What stands between the sun and a place: a window's frame, leaves; 1 lets all light through. */
  readonly window?: (at: Vec) => number;
  /** What the camera sees beyond the table. */
  readonly backdrop: (from: Vec, towards: Vec) => Vec;
  /** The same as light on things, without detail. */
  readonly room: (towards: Vec) => Vec;
}

/** A box with its middle and half its size, or a pebble where it is round. */
export interface Stone {
  readonly at: Vec;
  readonly size: Vec;
  readonly round?: boolean;
  readonly surface: (at: Vec) => Surface;
}

interface Hit {
  readonly t: number;
  readonly at: Vec;
  readonly normal: Vec;
  readonly surface: Surface;
}

interface Ray {
  readonly from: Vec;
  readonly towards: Vec;
}

/** One path of light on its way back from the lens. */
interface Path {
  readonly life: StillLife;
  readonly dice: Dice;
  /** How often it has been thrown back. */
  readonly depth: number;
}

/** Follows light back from the lens: what a thing shows is the sun on it, the room around it, and its mirror image. */
export function stillLife(life: StillLife): Scene {
  return (from, towards, dice) => {
    const hit = meet(life, from, towards);
    return hit === undefined ? life.backdrop(from, towards) : shine({ life, dice, depth: 0 }, hit, towards);
  };
}

function shine(path: Path, hit: Hit, towards: Vec): Vec {
  const { dice, depth } = path;
  const { normal, surface } = hit;
  const facing = Math.abs(dot(normal, towards));
  const mirror = surface.gloss + (1 - surface.gloss) * (1 - facing) ** 5 * (1 - surface.rough) ** 2;
  // What the lens sees shows both; what is only seen in something else is one or the other.
  if (depth > 0) {
    return dice(8 + depth * 6) < mirror ? mirrored(path, hit, towards) : matt(path, hit);
  }
  const body = matt(path, hit);
  return mirror < 0.004 ? body : mix(body, mirrored(path, hit, towards), mirror);
}

function mirrored({ life, dice, depth }: Path, hit: Hit, towards: Vec): Vec {
  const { normal, surface } = hit;
  const ask = 4 + depth * 6;
  const way = unit(add(reflect(towards, normal), scale(ball(dice, ask), surface.rough ** 1.5)));
  if (dot(way, normal) <= 0) return [0, 0, 0];
  const next = depth < 2 ? meet(life, add(hit.at, scale(normal, 0.003)), way) : undefined;
  if (next !== undefined) return shine({ life, dice, depth: depth + 1 }, next, way);
  return add(life.room(way), sunInMirror(life, way, surface));
}

function matt({ life, dice, depth }: Path, hit: Hit): Vec {
  const ask = 4 + depth * 6;
  const off = add(hit.at, scale(hit.normal, 0.003));
  const direct = sunAt(life, { at: off, normal: hit.normal }, ball(dice, ask + 2));
  const way = unit(add(hit.normal, scale(ball(dice, ask), 0.999)));
  if (depth === 2) return mul(hit.surface.colour, add(direct, scale(life.room(way), 0.5)));
  const next = meet(life, off, way);
  const around = next === undefined ? life.room(way) : shine({ life, dice, depth: depth + 1 }, next, way);
  return mul(hit.surface.colour, add(direct, around));
}

function sunAt(life: StillLife, { at, normal }: Pick<Hit, "at" | "normal">, aside: Vec): Vec {
  const way = unit(add(life.sun, scale(aside, life.spread)));
  const facing = dot(way, normal);
  if (facing <= 0) return [0, 0, 0];
  const open = life.window?.(at) ?? 1;
  if (open <= 0 || meet(life, at, way) !== undefined) return [0, 0, 0];
  return scale(life.sunlight, facing * open);
}

/** The window as it is seen in a glaze. */
function sunInMirror(life: StillLife, way: Vec, surface: Surface): Vec {
  const near = Math.max(0, dot(way, life.sun));
  return scale(life.sunlight, 5 * near ** (40 / (0.05 + surface.rough + life.spread)));
}

/** An evenly spread direction. */
function ball(dice: Dice, ask: number): Vec {
  const z = 1 - 2 * dice(ask);
  const angle = 2 * Math.PI * dice(ask + 1);
  const r = Math.sqrt(Math.max(0, 1 - z * z));
  return [r * Math.cos(angle), r * Math.sin(angle), z];
}

function meet(life: StillLife, from: Vec, towards: Vec): Hit | undefined {
  let best: Hit | undefined;
  const nearer = (t: number | undefined): t is number =>
    t !== undefined && t > 0.0005 && t < (best?.t ?? Infinity);
  const down = towards[1] < 0 ? -from[1] / towards[1] : undefined;
  if (nearer(down) && down < 60) {
    const at = add(from, scale(towards, down));
    best = { t: down, at, normal: [0, 1, 0], surface: life.table(at[0], at[2]) };
  }
  for (const stone of life.stones ?? []) {
    const t = stone.round === true ? meetPebble(stone, from, towards) : meetBox(stone, from, towards);
    if (!nearer(t)) continue;
    const at = add(from, scale(towards, t));
    best = { t, at, normal: normalOfStone(stone, at), surface: stone.surface(at) };
  }
  for (const cup of life.cups) {
    const t = meetCup(cup, { from, towards }, best?.t ?? Infinity);
    if (!nearer(t)) continue;
    const at = add(from, scale(towards, t));
    best = { t, at, normal: normalOfCup(cup, at), surface: surfaceOfCup(cup, toCup(cup, at)) };
  }
  return best;
}

/** Walks through the ball around a cup, never further than the clay is away. */
function meetCup(cup: Cup, { from, towards }: Ray, far: number): number | undefined {
  const x = from[0] - cup.at[0];
  const y = from[1] - cup.at[1] - 0.46;
  const z = from[2] - cup.at[2];
  const b = x * towards[0] + y * towards[1] + z * towards[2];
  const inside = b * b - (x * x + y * y + z * z - (reach * reach) / 1.4);
  if (inside < 0) return undefined;
  const end = Math.min(far, -b + Math.sqrt(inside));
  const c = Math.cos(cup.turn * 2 * Math.PI);
  const s = Math.sin(cup.turn * 2 * Math.PI);
  const filled = cup.coffee === true;
  for (let t = Math.max(0, -b - Math.sqrt(inside)); t < end;) {
    const px = x + towards[0] * t;
    const pz = z + towards[2] * t;
    const d = distanceToCup([px * c + pz * s, y + 0.46 + towards[1] * t, pz * c - px * s], filled);
    if (d < 0.0006) return t;
    t += d * 0.9;
  }
  return undefined;
}

function meetPebble(stone: Stone, from: Vec, towards: Vec): number | undefined {
  const o: Vec = [
    (from[0] - stone.at[0]) / stone.size[0],
    (from[1] - stone.at[1]) / stone.size[1],
    (from[2] - stone.at[2]) / stone.size[2],
  ];
  const d: Vec = [towards[0] / stone.size[0], towards[1] / stone.size[1], towards[2] / stone.size[2]];
  const a = dot(d, d);
  const b = dot(o, d);
  const root = b * b - a * (dot(o, o) - 1);
  return root < 0 ? undefined : (-b - Math.sqrt(root)) / a;
}

function meetBox(stone: Stone, from: Vec, towards: Vec): number | undefined {
  let near = -Infinity;
  let far = Infinity;
  for (const axis of [0, 1, 2] as const) {
    const a = (stone.at[axis] - stone.size[axis] - from[axis]) / towards[axis];
    const b = (stone.at[axis] + stone.size[axis] - from[axis]) / towards[axis];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near < far ? near : undefined;
}

function normalOfStone(stone: Stone, at: Vec): Vec {
  const d: Vec = [
    (at[0] - stone.at[0]) / stone.size[0],
    (at[1] - stone.at[1]) / stone.size[1],
    (at[2] - stone.at[2]) / stone.size[2],
  ];
  if (stone.round === true) return unit([d[0] / stone.size[0], d[1] / stone.size[1], d[2] / stone.size[2]]);
  // A high power finds the face and softens the edge between two.
  return unit([d[0] ** 61, d[1] ** 61, d[2] ** 61]);
}

/** Two directions at right angles to the sun's: where a window's panes and leaves are drawn. */
export function acrossSun(sun: Vec, at: Vec): [number, number] {
  const right = unit(cross(sun, [0, 1, 0]));
  return [dot(at, right), dot(at, cross(right, sun))];
}
