// watch-ready.ts <folder>: a watch on a tree, until it knows every file and would hear of the next.
import { folderTree } from "../../src/files/folder-tree.ts";
import { nameRules } from "../../src/watch/name-rules.ts";
import { startHints } from "../../src/watch/start-hints.ts";
import { watchFolder } from "../../src/watch/watch-folder.ts";
import { wallClock } from "../../src/cli/wall-clock.ts";
import { measureHere } from "./measure-here.ts";

const [root = ""] = process.argv.slice(2);

await measureHere(async () => {
  const watch = watchFolder(
    {
      rules: nameRules({ ignore: [], recursive: true }, []),
      group: "file",
      settleMs: 2_000,
      quietMs: 60_000,
      max: 100,
      existing: "skip",
      recursive: true,
      mayPoll: false,
      once: false,
      say: (line) => {
        throw new Error(line);
      },
      signal: new AbortController().signal,
    },
    { tree: await folderTree(root, { isRemote: false }), startHints, clock: wallClock },
  );
  await watch.started;
});
process.exit(0);
