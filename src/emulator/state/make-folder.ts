import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder with those above it. One by one: where a folder can never be made, as in /proc, Node's own way to make
 * all of them never ends. Throws the file system's error.
 */
export function makeFolder(folder: string): void {
  const above = dirname(folder);
  try {
    makeOne(folder);
  } catch (error) {
    const isAboveMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAboveMissing || above === folder) throw error;
    makeFolder(above);
    makeOne(folder);
  }
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
