import { onTestFinished } from "vitest";
import { folderTree } from "../../src/files/folder-tree.ts";
import type { FileGroup } from "../../src/watch/file-groups.ts";
import { nameRules } from "../../src/watch/name-rules.ts";
import { startHints } from "../../src/watch/start-hints.ts";
import { watchFolder, type FolderWatch, type WatchOptions } from "../../src/watch/watch-folder.ts";
import { wallClock } from "../support/wall-clock.ts";

export interface RealWatch {
  readonly watch: FolderWatch;
  readonly said: string[];
  /** Groups as they come, until `count` files are there or `ms` have passed. */
  files(count: number, ms: number): Promise<string[]>;
}

/** A watch on a real folder, in real time, that is closed after the test. */
export async function realWatch(root: string, change: Partial<WatchOptions> = {}): Promise<RealWatch> {
  const said: string[] = [];
  const watch = watchFolder(
    {
      rules: nameRules({ ignore: [], recursive: true }, ["done", "failed"]),
      group: "file",
      settleMs: 150,
      quietMs: 400,
      max: 100_000,
      existing: "process",
      recursive: true,
      mayPoll: true,
      once: false,
      say: (line) => void said.push(line),
      signal: new AbortController().signal,
      ...change,
    },
    { tree: await folderTree(root, { isRemote: false }), startHints, clock: wallClock() },
  );
  onTestFinished(() => watch.close());
  let coming: Promise<FileGroup | undefined> | undefined;
  await watch.started;
  return {
    watch,
    said,
    async files(count, ms) {
      const names: string[] = [];
      const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms).unref());
      while (names.length < count) {
        coming ??= watch.next();
        const group = await Promise.race([coming, late]);
        if (group === undefined) break;
        coming = undefined;
        names.push(...group.files.map(({ shownPath }) => shownPath));
      }
      return names;
    },
  };
}
