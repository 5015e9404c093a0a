import { unlessAborted } from "../../base/unless-aborted.ts";
import type { FileGroup } from "../../watch/file-groups.ts";
import type { FolderWatch, WatchStanding } from "../../watch/watch-folder.ts";

/** A folder's watch that goes on while the recipe that takes its groups is exchanged for another edition. */
export interface WatchTap {
  /** Equal for watches that look at the same in the same way. */
  readonly key: string;
  /** The next group; undefined when there will be no more, or when the signal comes first. */
  next(until: AbortSignal): Promise<FileGroup | undefined>;
  standing(): WatchStanding;
  close(): Promise<void>;
}

/**
 * Owns: the group that is awaited. Talks to: the watch.
 * Invariants: a group that comes when nobody waits any more is the next one's who asks: none is lost.
 */
export function watchTap(key: string, watch: FolderWatch): WatchTap {
  let awaited: Promise<FileGroup | undefined> | undefined;
  let line: Promise<unknown> = Promise.resolve();

  const take = async (until: AbortSignal): Promise<FileGroup | undefined> => {
    if (until.aborted) return undefined;
    awaited ??= watch.next();
    try {
      const came = await unlessAborted(until, awaited);
      if (came === undefined) return undefined;
      awaited = undefined;
      return came.value;
    } catch (error) {
      awaited = undefined;
      throw error;
    }
  };

  return {
    key,
    next(until) {
      const mine = line.then(() => take(until));
      line = mine.catch(() => undefined);
      return mine;
    },
    standing: () => watch.standing(),
    close: () => watch.close(),
  };
}
