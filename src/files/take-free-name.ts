import { link } from "node:fs/promises";
import { errorCode } from "./error-code.ts";
import { takeWithoutLinks } from "./take-without-links.ts";

/**
 * Gives a file a name that nobody has yet; false where it is taken. A hard link is the one step that fails then; not
 * every file system has it, and there the name is taken first. `from` may be left behind. Throws the system's error.
 */
export async function takeFreeName(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    return errorCode(error) === "EEXIST" ? false : takeWithoutLinks(from, to);
  }
}
