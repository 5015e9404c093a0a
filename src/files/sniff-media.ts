/** What a file's first bytes say it is. `mp4` stands for MP4, MOV and M4A, which are one family. */
export type MediaKind =
  | "mp4"
  | "heic"
  | "avif"
  | "avi"
  | "wav"
  | "webp"
  | "webm"
  | "mkv"
  | "jpg"
  | "png"
  | "gif"
  | "mp3"
  | "aac"
  | "web-page";

/** How many bytes of the start {@link sniffMedia} can use. */
export const sniffBytes = 4096;

const heicBrands = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs", "mif1", "msf1"]);
const oldQuickTime = new Set(["moov", "mdat", "wide", "free", "skip", "pnot"]);

/** The kind of media that starts with these bytes; undefined where they are none that we know. */
export function sniffMedia(head: Uint8Array): MediaKind | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, sniffBytes));
  const at = (start: number, end: number): string => bytes.toString("latin1", start, end);
  if (bytes.length < 4) return undefined;
  if (at(4, 8) === "ftyp") return isoKind(bytes);
  if (oldQuickTime.has(at(4, 8))) return "mp4";
  if (at(0, 4) === "RIFF" || at(0, 4) === "RF64") return riffKind(at(8, 12));
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return bytes.includes("webm") ? "webm" : "mkv";
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return "jpg";
  if (at(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a/.test(at(0, 6))) return "gif";
  if (at(0, 3) === "ID3") return "mp3";
  if (/^(\xef\xbb\xbf)?\s*(<!doctype html|<html|<head|<body|<\?xml)/i.test(at(0, 200))) return "web-page";
  return syncKind(bytes);
}

function isoKind(bytes: Buffer): MediaKind {
  const end = Math.min(bytes.length, bytes.readUInt32BE(0));
  const brands = bytes.toString("latin1", 8, Math.max(12, end));
  if (/avi[fs]/.test(brands)) return "avif";
  return heicBrands.has(brands.slice(0, 4)) ? "heic" : "mp4";
}

function riffKind(form: string): MediaKind | undefined {
  return form === "AVI " ? "avi" : form === "WAVE" ? "wav" : form === "WEBP" ? "webp" : undefined;
}

/** MP3 and AAC without a tag start with a frame: eleven set bits, then a layer (0 is AAC's), rates that exist. */
function syncKind(bytes: Buffer): MediaKind | undefined {
  const start = bytes.findIndex((byte) => byte !== 0);
  if (start < 0 || bytes.length < start + 4) return undefined;
  const header = bytes.readUInt32BE(start);
  if (start === 0 && header >>> 20 === 0xfff && ((header >>> 17) & 3) === 0) return "aac";
  const isFrame = header >>> 21 === 0x7ff && ((header >>> 19) & 3) !== 1 && ((header >>> 17) & 3) !== 0;
  return isFrame && ((header >>> 12) & 15) !== 15 && ((header >>> 10) & 3) !== 3 ? "mp3" : undefined;
}
