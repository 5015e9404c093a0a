import type { Hash } from "../base/hash.ts";

/** Under the 255 bytes that file systems take, so that `.unmet` and a temporary mark still fit. */
export const maxSegmentBytes = 240;

/** Control characters, what turns the reading direction, and what Windows takes for syntax. */
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:"|?*]/gu;
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;

/**
 * One name of a file or folder that every system can hold, and that means nothing but itself: the same text gives
 * the same name on Linux, macOS and Windows. A name that must be cut keeps its extension.
 */
export function safeSegment(text: string, hash: Hash): string {
  const clean = text.toWellFormed().replaceAll("\ufffd", "-").normalize("NFC").replace(forbidden, "-");
  const trimmed = clean.replace(/[. ]+$/, "").replace(/^ +/, "");
  if (trimmed === "") return "_";
  return shorten(renameReserved(trimmed), hash);
}

function renameReserved(name: string): string {
  const dot = name.indexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  return reserved.test(stem.trimEnd()) ? `${stem}_${name.slice(stem.length)}` : name;
}

/** A cut name carries a mark of the whole, so that two long names that begin alike stay two names. */
function shorten(name: string, hash: Hash): string {
  if (utf8Bytes(name) <= maxSegmentBytes) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && utf8Bytes(name.slice(dot)) <= 16 ? name.slice(dot) : "";
  const tail = `-${hash(name).slice(0, 8)}${extension}`;
  let room = maxSegmentBytes - utf8Bytes(tail);
  let kept = "";
  for (const character of name.slice(0, name.length - extension.length)) {
    room -= utf8Bytes(character);
    if (room < 0) break;
    kept += character;
  }
  return kept.replace(/[. ]+$/, "") + tail;
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
