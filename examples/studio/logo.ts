import type { Scene } from "./film.ts";
import { mix, smooth, type Vec } from "./vector.ts";

const ground: Vec = [0.52, 0.15, 0.07];
const cream: Vec = [1.0, 0.82, 0.6];
const clay: Vec = [0.86, 0.42, 0.2];

/** The mark of the brand: a cup, a dune across it, steam like a ripple of sand. Drawn flat, one unit before the lens. */
export const logo: Scene = (_from, towards) => {
  const x = -towards[0] / towards[2];
  const y = towards[1] / towards[2];
  const ink = (distance: number): number => smooth(0.004, -0.004, distance);
  const wide = 0.36 + 0.09 * (y + 0.4);
  const corner =
    Math.hypot(Math.max(0, Math.abs(x) - wide + 0.12), Math.max(0, Math.abs(y + 0.14) - 0.38 + 0.12)) - 0.12;
  const handle = Math.max(Math.abs(Math.hypot((x - 0.42) * 1.1, y + 0.1) - 0.2) - 0.045, 0.3 - x);
  const dune = y + 0.27 - 0.07 * Math.sin(x * 5.2 + 0.6);
  const line =
    Math.abs(x + 0.02 - 0.055 * Math.sin(y * 13)) - 0.03 * smooth(0.68, 0.5, y) * smooth(0.3, 0.4, y);
  const steam = Math.max(line, Math.abs(y - 0.49) - 0.17);
  const cup = mix(cream, clay, ink(dune));
  return mix(mix(mix(ground, cream, ink(handle)), cup, ink(corner)), cream, ink(steam));
};
