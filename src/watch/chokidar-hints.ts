import { watch } from "chokidar";
import { basename, dirname } from "node:path";
import type { FolderHints, HintsRequest } from "./folder-hints.ts";

/** Hints for a small tree: chokidar knows the ways of each system. */
export async function chokidarHints(request: HintsRequest): Promise<FolderHints> {
  const { root, isFlat, leavesOut, onHint, onTrouble } = request;
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    atomic: false,
    ignored: (path, stats) => stats?.isDirectory() === true && path !== root && leavesOut(path),
    ...(isFlat && { depth: 0 }),
  });
  watcher.on("all", (event, path) => {
    // Of a new folder nobody knows what was in it already.
    if (event === "addDir") onHint(path, undefined);
    if (path !== root) onHint(dirname(path), basename(path));
  });
  await new Promise<void>((resolve) => {
    watcher.once("ready", resolve);
    watcher.on("error", (error) => {
      onTrouble(error);
      resolve();
    });
  });
  return { follow: () => undefined, forget: () => undefined, close: () => watcher.close() };
}
