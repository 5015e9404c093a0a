import { isAbsolute, relative } from "node:path";

/** A path as people see it: short below the working folder, where it can be used as it stands; whole elsewhere. */
export function shownFrom(cwd: string, path: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") || isAbsolute(short) ? path : short;
}
