import { isAbsolute, relative, sep } from "node:path";

/** True where `path` is `folder` or lies under it. Compares names only: resolve links first where they matter. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
