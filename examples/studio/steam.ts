import { clouds } from "./noise.ts";
import { add, scale, smooth, type Vec } from "./vector.ts";

/** Steam on its way up from a cup at (x, y), painted over a finished picture; all from 0 to 1. */
export function steam(x: number, y: number, strength: number): (colour: Vec, px: number, py: number) => Vec {
  return (colour, px, py) => {
    const up = (y - py) / y;
    if (up < -0.05 || up > 1) return colour;
    const sway = 0.05 * (clouds(up * 2.4, 1, [3, 120]) - 0.5) * (0.5 + up * 3);
    const off = (px - x - sway) / (0.03 + 0.05 * up);
    const wisp = clouds(off * 1.1 + 3, up * 3.2 - off * 0.5, [4, 121]);
    const thick =
      Math.exp(-off * off) * smooth(0.36, 0.78, wisp) * smooth(-0.05, 0.12, up) * smooth(1, 0.25, up);
    return add(scale(colour, 1 - 0.35 * strength * thick), scale([0.95, 0.92, 0.88], strength * thick));
  };
}
