import { mediaEnd } from "../../recipe/media-end.ts";

/** A stretch of a message that may mean a file or an address. */
export interface PathToken {
  /** Without quotes and escapes; as it was typed otherwise. */
  readonly value: string;
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  readonly kind: "path" | "url";
  /** It can hardly mean anything but a file: where none is there, that is a mistake. */
  readonly isSure: boolean;
}

const fileEnd = /\.[a-z0-9]{2,5}$/i;
const rooted = /^(?:~?[\\/]|\.{1,2}[\\/]|[a-z]:[\\/]|file:\/\/)/i;
const inChinese = /(?:~|\.{1,2})?\/[^\s\p{Script=Han}，。！？、；：“”「」]*\.[a-z0-9]{2,5}/giu;

/** What in a message looks like a path, a glob or an address: dropped, quoted, escaped or typed. */
export function pathTokens(message: string, isWindows: boolean): PathToken[] {
  return wordsOf(message, isWindows).flatMap((word) => {
    const inside = word.isQuoted ? [] : pathsInside(word);
    return inside.length > 0 ? inside : (tokenOf(word) ?? []);
  });
}

/** Chinese has no blanks: a path from the root may stand in the middle of a word. */
function pathsInside(word: Word): PathToken[] {
  if (!/^\p{Script=Han}+(?:~|\.{1,2})?\//u.test(word.value)) return [];
  return [...word.value.matchAll(inChinese)].map((match) => {
    const start = word.start + match.index;
    return { value: match[0], start, end: start + match[0].length, kind: "path", isSure: true } as const;
  });
}

interface Word {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

function tokenOf({ value, isQuoted, ...place }: Word): PathToken | undefined {
  if (/^https?:\/\/[^\s/?#]/i.test(value)) return { value, ...place, kind: "url", isSure: false };
  const isMedia = mediaEnd.test(value);
  const isRooted = rooted.test(value);
  const hasFolder = /[\\/]/.test(value) && value.length > 1;
  if (!isMedia && !isRooted && !hasFolder) return undefined;
  if (isQuoted && !isMedia && !isRooted) return undefined;
  const isFile = isMedia || (isRooted && fileEnd.test(value));
  return { value, ...place, kind: "path", isSure: isFile && (isRooted || hasFolder || isQuoted) };
}

/** Cut as a shell would: quotes hold a word together, and so does a backslash before what would end it. */
function wordsOf(message: string, isWindows: boolean): Word[] {
  const words: Word[] = [];
  const pattern = isWindows
    ? /"([^"\n]+)"|'([^'\n]+)'|(\S+)/g
    : /(?<![^\s（(，,：:])"([^"\n]+)"|(?<![^\s（(，,：:])'([^'\n]+)'(?!\w)|((?:\\.|[^\s\\])+)/g;
  for (const match of message.matchAll(pattern)) {
    const [whole, double, single, bare = ""] = match;
    const quoted = double ?? single;
    const trimmed = quoted === undefined ? withoutEnd(bare) : whole;
    const value = quoted ?? (isWindows ? trimmed : trimmed.replace(/\\(.)/g, "$1"));
    const end = match.index + trimmed.length;
    if (value !== "") words.push({ value, start: match.index, end, isQuoted: quoted !== undefined });
  }
  return words;
}

/** What ends a sentence does not belong to the path before it. */
function withoutEnd(word: string): string {
  return word.replace(/(?<=[^\s.,;:!?])[.,;:!?，。；：！？]+$/, "");
}
