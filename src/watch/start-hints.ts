import { directoryHints } from "./directory-hints.ts";
import type { StartHints } from "./folder-hints.ts";

/** The system's own hints, in the way that suits the size of the tree. */
export const startHints: StartHints = async (request, isLarge) => {
  if (isLarge) return directoryHints(request);
  const { chokidarHints } = await import("./chokidar-hints.ts");
  return chokidarHints(request);
};
