import type { LineMedia } from "../../recipe/recipe-line.ts";

/** Files are the same by their path, addresses by themselves. */
export function isAmong(media: LineMedia, known: readonly LineMedia[]): boolean {
  return known.some((one) =>
    one.kind === "file"
      ? media.kind === "file" && one.path === media.path
      : media.kind === "url" && one.url === media.url,
  );
}
