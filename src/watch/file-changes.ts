// Owns: how some files stood at the last look. Talks to: their folders' hints, the clock.
// Invariants: hints only say when to look; a change is told when the files have stood still.
import { dirname } from "node:path";
import type { Clock } from "../base/clock.ts";
import { fileStamp } from "../files/file-stamp.ts";
import { watchDirectory, type DirectoryWatch } from "../files/watch-directory.ts";
import { bell } from "./bell.ts";

export interface FileChangeOptions {
  /** Absolute paths: asked again after each change. */
  readonly paths: () => readonly string[];
  readonly onChange: () => Promise<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Without hints, a change is seen this late. */
const slowMs = 30_000;
/** An editor writes in several steps. */
const stillMs = 250;

/** Calls back at once, and when some of a few files have changed, until the signal comes. */
export async function fileChanges({ paths, onChange, clock, signal }: FileChangeOptions): Promise<void> {
  const rung = bell(clock);
  const folders = new Map<string, DirectoryWatch>();
  const stop = (): void => rung.ring();
  signal.addEventListener("abort", stop, { once: true });
  let before = await stampsOf(paths());
  try {
    // Whoever read them did so before anybody looked.
    followFolders(paths(), folders, () => rung.ring());
    await onChange();
    while (!signal.aborted) {
      followFolders(paths(), folders, () => rung.ring());
      const isHinted = await rung.wait(slowMs);
      if (signal.aborted) return;
      if (isHinted) await clock.sleep(stillMs, signal).catch(() => undefined);
      const now = await stampsOf(paths());
      if (now === before) continue;
      if (!(await standsStill(now, { paths, clock, signal }))) {
        rung.ring();
        continue;
      }
      await onChange();
      before = await keep(now, paths());
    }
  } finally {
    signal.removeEventListener("abort", stop);
    for (const folder of folders.values()) folder.close();
  }
}

/** What changed while the change was being told is not lost: only files that were looked at count as known. */
async function keep(seen: string, paths: readonly string[]): Promise<string> {
  const known = new Map(seen.split("\n").map((line) => [line.slice(0, line.indexOf("\t")), line]));
  const now = (await stampsOf(paths)).split("\n");
  return now.map((line) => known.get(line.slice(0, line.indexOf("\t"))) ?? line).join("\n");
}

async function standsStill(
  now: string,
  { paths, clock, signal }: Omit<FileChangeOptions, "onChange">,
): Promise<boolean> {
  await clock.sleep(stillMs, signal).catch(() => undefined);
  return (await stampsOf(paths())) === now;
}

async function stampsOf(paths: readonly string[]): Promise<string> {
  const stamps = await Promise.all(paths.map(async (path) => `${path}\t${await fileStamp(path)}`));
  return stamps.join("\n");
}

/** A folder that gives no hints is looked at all the same, only later. */
function followFolders(
  paths: readonly string[],
  folders: Map<string, DirectoryWatch>,
  hint: () => void,
): void {
  const wanted = new Set(paths.map((path) => dirname(path)));
  for (const [folder, watch] of folders)
    if (!wanted.has(folder)) {
      watch.close();
      folders.delete(folder);
    }
  for (const folder of wanted) {
    if (folders.has(folder)) continue;
    const forget = (): void => {
      folders.get(folder)?.close();
      folders.delete(folder);
    };
    try {
      folders.set(folder, watchDirectory(folder, { hint, error: forget }));
    } catch {
      continue;
    }
  }
}
