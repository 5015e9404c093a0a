import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder that only its owner can read, with those above it, and syncs the entries: a journal that survives
 * a power cut is of no use in a folder that does not. Throws the file system's error.
 */
export function makeFolder(folder: string): void {
  const above = dirname(folder);
  try {
    makeOne(folder);
  } catch (error) {
    // One by one: where a folder can never be made, as in /proc, Node's own way to make all of them never ends.
    const isAboveMissing =
      error instanceof Error && "code" in error && error.code === "ENOENT" && above !== folder;
    if (!isAboveMissing) throw error;
    makeFolder(above);
    makeOne(folder);
  }
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    return;
  }
  syncFolder(dirname(folder));
}

function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Windows opens no folders, and needs no such sync.
  }
}
