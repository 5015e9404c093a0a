import { open, rename } from "node:fs/promises";
import { errorCode } from "./error-code.ts";

/**
 * Gives a file a name that nobody has yet, where the file system knows no hard links, as FAT and some network drives:
 * an empty file keeps the name until rename puts the whole one there. False where it is taken. Throws the system's
 * error.
 */
export async function takeWithoutLinks(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, "wx")).close();
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  await rename(from, to);
  return true;
}
