import { wallClock } from "../../src/cli/wall-clock.ts";
import { folderTree } from "../../src/files/folder-tree.ts";
import { nameRules } from "../../src/watch/name-rules.ts";
import { startHints } from "../../src/watch/start-hints.ts";
import { watchFolder, type FolderWatch, type WatchOptions } from "../../src/watch/watch-folder.ts";

/** The product's own watch on a folder of this machine, without the jobs behind it. */
export async function openWatch(root: string, change: Partial<WatchOptions> = {}): Promise<FolderWatch> {
  return watchFolder(
    {
      rules: nameRules({ ignore: [], recursive: true }, []),
      group: "file",
      settleMs: 2_000,
      quietMs: 60_000,
      max: 100_000,
      existing: "skip",
      recursive: true,
      mayPoll: false,
      once: false,
      say: (line) => {
        throw new Error(line);
      },
      signal: new AbortController().signal,
      ...change,
    },
    { tree: await folderTree(root, { isRemote: false }), startHints, clock: wallClock },
  );
}
