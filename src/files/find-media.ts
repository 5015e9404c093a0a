import { isAbsolute, relative, sep } from "node:path";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { naturalOrder } from "../base/natural-order.ts";
import type { FileRefusal } from "../executor/ports.ts";
import type { FoundFile } from "../plan/planned-job.ts";
import { examineFile, refuseUnreadable } from "./examine-file.ts";
import { fileHasher } from "./hash-file.ts";
import { isInside } from "./is-inside.ts";
import { matchPaths } from "./match-paths.ts";

export interface FoundMedia {
  readonly files: readonly FoundFile[];
  readonly refused: readonly FileRefusal[];
}

const lanes = 4;
const filesAtATime = 50;

/** The media that `pattern` names from `dir` on, in natural order, each read once; what cannot be used is refused. */
export async function findMedia(search: {
  readonly pattern: string;
  readonly dir: string;
}): Promise<FoundMedia> {
  const { paths, unreadable } = await matchPaths(search.pattern, search.dir);
  const shown = (path: string): string => shownPath(path, search);
  const results = await examineAll(paths.map((path) => ({ path, shownPath: shown(path) })));
  const refused = results.flatMap((result) => ("refusal" in result ? [result.refusal] : []));
  for (const { path, error } of unreadable)
    refused.push(await refuseUnreadable({ path, shownPath: shown(path) }, error));
  return {
    files: results.flatMap((result) => ("file" in result ? [result.file] : [])),
    refused: refused.sort((left, right) => naturalOrder(left.shownPath, right.shownPath)),
  };
}

type Examined = Awaited<ReturnType<typeof examineFile>>;

/** Large files side by side; small ones in a row, in between which timers and sockets get their turn. */
async function examineAll(
  places: readonly { readonly path: string; readonly shownPath: string }[],
): Promise<readonly Examined[]> {
  const results: Examined[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const hashFile = fileHasher();
    for (let index = next++; index < places.length; index = next++) {
      const place = places[index];
      if (index % filesAtATime === 0) await letOthersRun();
      if (place !== undefined) results[index] = await examineFile(place, hashFile);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, places.length) }, work));
  return results;
}

/** Relative to `dir`, unless that only makes it harder to read; with slashes on every system. */
function shownPath(path: string, search: { readonly pattern: string; readonly dir: string }): string {
  const way = isAbsolute(search.pattern) && !isInside(path, search.dir) ? path : relative(search.dir, path);
  return (way === "" ? "." : way).replaceAll(sep, "/");
}
