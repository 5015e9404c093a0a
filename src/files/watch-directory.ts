import { statSync, watch } from "node:fs";

export interface DirectoryWatch {
  /** Whether the folder of this name is still the one that is watched: a watch stays with its folder when that moves. */
  isAt(folder: string): boolean;
  close(): void;
}

/**
 * Tells of changes directly in one folder, by the name that changed where the system says it. A hint, no more: what is
 * told may be late, doubled or lost. Throws the system's error where no further folder can be watched.
 */
export function watchDirectory(
  folder: string,
  on: { readonly hint: (name: string | undefined) => void; readonly error: (error: unknown) => void },
): DirectoryWatch {
  const inode = inodeOf(folder);
  const watcher = watch(folder, { persistent: true }, (_event, name) => on.hint(name ?? undefined));
  watcher.on("error", on.error);
  return { isAt: (place) => inodeOf(place) === inode, close: () => watcher.close() };
}

/** Undefined where it is gone, or may not be looked at. */
function inodeOf(folder: string): number | undefined {
  try {
    return statSync(folder).ino;
  } catch {
    return undefined;
  }
}
