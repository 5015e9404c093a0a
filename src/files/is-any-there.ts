import { existsSync } from "node:fs";
import { join } from "node:path";

/** True where one of these paths stands in the folder. Asked at every start, for dozens: a thread for each costs more. */
export function isAnyThere(folder: string, paths: readonly string[]): boolean {
  try {
    return paths.some((path) => existsSync(join(folder, path)));
  } catch (error) {
    // Where Deno was granted some folders only, the others do not exist for us, as in a container.
    if (error instanceof Error && error.name === "NotCapable") return false;
    throw error;
  }
}
