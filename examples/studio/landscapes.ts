import { clouds, noise, ridges } from "./noise.ts";
import type { Scene } from "./film.ts";
import { add, clamp, dot, lerp, mix, mul, scale, smooth, unit, type Vec } from "./vector.ts";

interface Land {
  readonly height: (x: number, z: number) => number;
  readonly sun: Vec;
  readonly far: number;
  readonly sky: (towards: Vec) => Vec;
  /** The ground's light where a ray meets it. */
  readonly ground: (at: Vec, distance: number, lit: number) => Vec;
  /** Fog of one step, as how much of what lies behind comes through. */
  readonly clear?: (at: Vec, step: number) => number;
  readonly fog: (towards: Vec) => Vec;
  /** How much of the ground is left at a distance. */
  readonly haze: (distance: number) => number;
}

/** Walks along a ray until it meets the ground, gathering fog on the way. */
function walk(land: Land): Scene {
  return (from, towards, dice) => {
    let t = 0.5 + dice(4);
    let clear = 1;
    const fog = land.fog(towards);
    while (t < land.far) {
      const x = from[0] + towards[0] * t;
      const y = from[1] + towards[1] * t;
      const z = from[2] + towards[2] * t;
      const above = y - land.height(x, z);
      if (above < 0.0006 * t) {
        const seen = land.ground([x, y, z], t, shade(land, [x, y, z], t));
        return mix(fog, mix(fog, seen, land.haze(t)), clear);
      }
      const step = Math.max(above * 0.34, 0.0009 * t);
      if (land.clear !== undefined) clear *= land.clear([x, y, z], step);
      t += step;
    }
    return mix(fog, land.sky(towards), clear);
  };
}

/** 1 in the sun, 0 in the shadow, between them at its edge. */
function shade(land: Land, at: Vec, distance: number): number {
  let lit = 1;
  for (let t = 0.6 + distance * 0.006; t < land.far / 6 && lit > 0.02; t *= 1.1) {
    const x = at[0] + land.sun[0] * t;
    const z = at[2] + land.sun[2] * t;
    const above = at[1] + 0.1 + distance * 0.0015 + land.sun[1] * t - land.height(x, z);
    lit = Math.min(lit, (14 * above) / t + 0.5);
  }
  return clamp(lit);
}

function slope(height: Land["height"], at: Vec, e: number): Vec {
  const dx = height(at[0] + e, at[2]) - height(at[0] - e, at[2]);
  const dz = height(at[0], at[2] + e) - height(at[0], at[2] - e);
  return unit([-dx, 2 * e, -dz]);
}

const eveningSun = unit([0.86, 0.24, 0.3]);

function eveningSky(towards: Vec): Vec {
  const up = Math.max(0, towards[1]);
  const low = mix([1.3, 0.62, 0.4], [0.74, 0.42, 0.48], smooth(0, 0.13, up));
  const base = mix(low, [0.15, 0.26, 0.46], smooth(0.05, 0.5, up));
  const near = Math.max(0, dot(towards, eveningSun));
  const glow = 0.9 * near ** 12 + 2 * near ** 90 + 26 * smooth(0.99945, 0.9997, near);
  const veil = smooth(
    0.48,
    0.82,
    clouds(towards[0] / (up + 0.12) / 1.2 + 3, towards[2] / (up + 0.12) / 4, [6, 9]),
  );
  const cloud = mix([0.95, 0.5, 0.42], [1.9, 0.95, 0.45], near ** 6);
  return add(mix(base, cloud, veil * 0.62 * smooth(0.02, 0.12, up)), scale([1, 0.6, 0.28], glow));
}

function duneHeight(x: number, z: number): number {
  const wx = x + 26 * noise(x * 0.011, z * 0.011, 3) + 5 * noise(x * 0.05, z * 0.05, 4);
  const wz = z + 26 * noise(x * 0.011, z * 0.011, 5);
  const crest = 1 - Math.abs(2 * noise(wx * 0.0085, wz * 0.0125, 7) - 1);
  const small = 1 - Math.abs(2 * noise(wx * 0.03 + 9, wz * 0.034, 8) - 1);
  return 24 * crest ** 1.5 + 3.2 * small ** 1.4 * crest + 3 * noise(x * 0.02, z * 0.02, 6);
}

/** Wind has drawn ripples across the sand, finer than the dunes can tell. */
function ripples(x: number, z: number): number {
  const bend = 5 * noise(x * 0.09, z * 0.09, 12) + 1.6 * noise(x * 0.4, z * 0.4, 13);
  return 0.022 * Math.sin(x * 4.4 + z * 6.6 + bend * 3) * (0.35 + 0.65 * noise(x * 0.05, z * 0.05, 14));
}

export const dunes: Scene = walk({
  height: duneHeight,
  sun: eveningSun,
  far: 900,
  sky: eveningSky,
  ground: (at, distance, lit) => {
    const fine = (x: number, z: number): number =>
      duneHeight(x, z) + ripples(x, z) * smooth(150, 10, distance);
    const normal = slope(fine, at, 0.04 + distance * 0.0012);
    const grain = 0.92 + 0.16 * noise(at[0] * 9, at[2] * 9, 15);
    const sand = scale([0.8, 0.43, 0.25], grain);
    const sun = scale([4.3, 2.35, 1.35], Math.max(0, dot(normal, eveningSun)) * lit);
    const sky = scale([0.2, 0.2, 0.36], 0.35 + 0.65 * normal[1]);
    const bounce = scale([0.34, 0.17, 0.08], 0.5 - 0.5 * normal[0]);
    return mul(sand, add(sun, add(sky, bounce)));
  },
  fog: (towards) => mix([0.86, 0.46, 0.4], [1.7, 0.86, 0.5], Math.max(0, dot(towards, eveningSun)) ** 5),
  haze: (distance) => Math.exp(-((distance / 640) ** 1.4)),
});

const morningSun = unit([-0.86, 0.34, 0.25]);

function morningSky(towards: Vec): Vec {
  const up = Math.max(0, towards[1]);
  const base = mix([1.15, 0.78, 0.56], [0.2, 0.36, 0.66], smooth(-0.04, 0.42, up));
  const near = Math.max(0, dot(towards, morningSun));
  const veil = smooth(0.5, 0.85, clouds(towards[0] / (up + 0.15) + 7, towards[2] / (up + 0.15) / 3, [6, 29]));
  const lit = mix(base, [1.5, 1.05, 0.82], veil * 0.5 * smooth(0.03, 0.2, up));
  return add(lit, scale([1, 0.72, 0.44], 0.7 * near ** 6 + 1.6 * near ** 60));
}

function mountainHeight(x: number, z: number): number {
  const far = smooth(20, 900, z);
  const peaks = ridges(x * 0.0021 + 4.3, z * 0.0021 + 1.7, [7, 31]);
  return -60 + lerp(120, 430, far) * peaks ** 1.25 + 30 * clouds(x * 0.004, z * 0.004, [3, 40]);
}

export const mountains: Scene = walk({
  height: mountainHeight,
  sun: morningSun,
  far: 3600,
  sky: morningSky,
  ground: (at, distance, lit) => {
    const normal = slope(mountainHeight, at, 0.3 + distance * 0.0011);
    const patch = clouds(at[0] * 0.02, at[2] * 0.02, [4, 44]);
    const forest = mix([0.035, 0.06, 0.035], [0.09, 0.1, 0.045], noise(at[0] * 0.35, at[2] * 0.35, 45));
    const rock = mix([0.16, 0.14, 0.13], [0.27, 0.24, 0.22], patch);
    const wild = mix(
      rock,
      forest,
      smooth(0.62, 0.8, normal[1] + 0.2 * patch) * smooth(150, 70, at[1] + 60 * patch),
    );
    const snow = smooth(95, 165, at[1] + 70 * patch) * smooth(0.5, 0.68, normal[1]);
    const albedo = mix(wild, [0.86, 0.88, 0.92], snow);
    const sun = scale([3.3, 2.25, 1.35], Math.max(0, dot(normal, morningSun)) * lit);
    return mul(albedo, add(sun, scale([0.3, 0.4, 0.58], 0.45 + 0.55 * normal[1])));
  },
  clear: ([x, y, z], step) => {
    if (y > 75) return 1;
    const top = 6 + 46 * clouds(x * 0.0045, z * 0.0045, [4, 50]);
    return Math.exp(-0.011 * step * smooth(top, top - 42, y));
  },
  fog: (towards) => mix([0.42, 0.5, 0.66], [1.2, 0.82, 0.56], Math.max(0, dot(towards, morningSun)) ** 2),
  haze: (distance) => Math.exp(-((distance / 2300) ** 1.5)),
});
