import type { Hash } from "../base/hash.ts";
import type { Paths } from "./paths.ts";
import { safeSegment } from "./safe-segment.ts";

export interface OutputFolder {
  /** Absolute. */
  readonly outDir: string;
  readonly paths: Paths;
  readonly hash: Hash;
}

/**
 * The absolute path that the text of a `to` means: always a file inside `outDir`, under names that every system can
 * hold. `/` and `\` both part folders. Otherwise why it is none: it leaves the folder, or names no file.
 */
export function outputPath(
  to: string,
  folder: OutputFolder,
): { path: string } | { wrong: "outside" | "no-file" } {
  const { outDir, paths, hash } = folder;
  const spelled = paths.windows ? to : to.replaceAll("\\", "/");
  const inside = paths.within(outDir, spelled);
  if (inside === undefined) return { wrong: "outside" };
  if (inside === "" || /[\\/]\.{0,2}$/.test(spelled)) return { wrong: "no-file" };
  const segments = inside.split(/[\\/]/).map((segment) => safeSegment(segment, hash));
  return { path: paths.resolve(outDir, segments.join("/")) };
}

/**
 * Makes text that comes from a row, a param or a file name a part of one name: it cannot open a folder, and it
 * cannot be `..`. `except` is a folder of our own (`recipe.dir`) that may stand as it is.
 */
export function asNamePart(except: string): (text: string) => string {
  return (text) => {
    if (text === except) return text;
    return text.replace(/[\\/]+/g, "-").replace(/^\.+$/, (dots) => "-".repeat(dots.length));
  };
}

/** Two paths with one folded form are one file somewhere: on Windows, on a Mac, or on a stick. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}
