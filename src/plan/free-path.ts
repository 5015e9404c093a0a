import { foldPath } from "./output-path.ts";

/** The path itself, or the first of `NAME-2.EXT`, `NAME-3.EXT` … that is not among the folded paths in `taken`. */
export function freePath(path: string, taken: ReadonlySet<string>): string {
  const [, stem = path, extension = ""] = /^(.*?)(\.[^./\\]+)?$/s.exec(path) ?? [];
  let free = path;
  for (let number = 2; taken.has(foldPath(free)); number++) free = `${stem}-${number}${extension}`;
  return free;
}
