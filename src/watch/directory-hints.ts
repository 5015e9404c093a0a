import { watchDirectory, type DirectoryWatch } from "../files/watch-directory.ts";
import type { FolderHints, HintsRequest } from "./folder-hints.ts";

/** Linux tells of a file's content by way of its folder, and with it nothing is gained from a watch on each file. */
const suitsSmall = process.platform === "linux";

/**
 * Hints for a large tree: folders are watched and no files. Native recursive watching grows with the square of the
 * files on Linux, and one watch a file runs into the system's limit.
 */
export function directoryHints({ onHint, onTrouble }: HintsRequest): FolderHints {
  const watches = new Map<string, DirectoryWatch>();
  const forget = (folder: string): void => {
    watches.get(folder)?.close();
    watches.delete(folder);
  };
  return {
    suitsAll: suitsSmall,
    follow(folder) {
      if (watches.get(folder)?.isAt(folder) === true) return;
      forget(folder);
      try {
        const error = (trouble: unknown): void => {
          forget(folder);
          if (isGone(trouble)) onHint(folder, undefined);
          else onTrouble(trouble);
        };
        watches.set(folder, watchDirectory(folder, { hint: (name) => onHint(folder, name), error }));
      } catch (error) {
        if (!isGone(error)) onTrouble(error);
      }
    },
    forget,
    close: async () => {
      for (const folder of watches.keys()) forget(folder);
    },
  };
}

/** The folder went away: its parent tells. */
function isGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR" || code === "EPERM" || code === "EACCES";
}
