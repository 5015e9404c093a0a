import { dirname, join } from "node:path";
import { isInside } from "../../files/is-inside.ts";
import type { JobState } from "../../job/state.ts";

/**
 * Where the page of jobs goes that nobody named a place for, absolute: in the nearest folder that has all their videos
 * in it, so that they can be sent along together; here where there are none, or they are not in one place.
 */
export function usualPage(name: string, states: readonly JobState[], cwd: string): string {
  const [first, ...others] = states.flatMap(({ exports }) =>
    [...exports.values()].flatMap(({ delivered }) =>
      delivered === undefined ? [] : [dirname(delivered.path)],
    ),
  );
  const folder = first === undefined ? cwd : others.reduce(nearestAbove, first);
  const isOfAll = states.every(({ plan }) => isInside(folder, plan.outDir));
  return join(isOfAll ? folder : cwd, `${name}.html`);
}

function nearestAbove(one: string, other: string): string {
  let folder = one;
  while (!isInside(other, folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
