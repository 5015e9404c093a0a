import { basename } from "node:path";
import { cleanLine } from "../../base/clean-text.ts";
import type { LineMedia } from "../../recipe/recipe-line.ts";

const mostNames = 6;

/** Files as people call them: of an address the host and the file, without what may be secret in it. */
export function namesOf(media: readonly LineMedia[]): string {
  const names = media
    .slice(0, mostNames)
    .map((one) => cleanLine(one.kind === "file" ? basename(one.path) : addressName(one.url)));
  return media.length > mostNames ? `${names.join(", ")}, … (${media.length})` : names.join(", ");
}

function addressName(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return `${host}/${basename(pathname)}`;
}
