import { formatDuration } from "../../base/duration.ts";
import { folderTree } from "../../files/folder-tree.ts";
import { startHints } from "../../watch/start-hints.ts";
import { watchFolder, type FolderWatch } from "../../watch/watch-folder.ts";
import type { Call } from "../call.ts";
import { wallClock } from "../wall-clock.ts";
import type { WatchedFolder } from "./watched-folder.ts";

/** Begins to look at a folder, and says so where it is to go on. */
export async function lookAt(one: WatchedFolder, call: Call, signal: AbortSignal): Promise<FolderWatch> {
  const { flags, screen } = call;
  const { block, folder, rules, settleMs, pollMs, drive } = one;
  const once = flags.once === true;
  if (!once)
    screen.note(
      `Watching ${folder}${drive === undefined ? "" : ` (${drive})`}${lookText(pollMs)}. Ctrl-C ends it.`,
    );
  return watchFolder(
    {
      ...block,
      rules,
      settleMs,
      ...(pollMs !== undefined && { pollMs }),
      mayPoll: block.poll !== "never",
      once,
      say: (line) => screen.alert(`${screen.paint.yellow("!")} ${line}`),
      signal,
    },
    { tree: await folderTree(folder, { isRemote: drive !== undefined }), startHints, clock: wallClock },
  );
}

const lookText = (pollMs: number | undefined): string =>
  pollMs === undefined ? "" : `, by looking every ${formatDuration(pollMs)}`;
