import { extname } from "node:path";
import type { MediaKind } from "./sniff-media.ts";

/** The service's limit for one file. */
export const maxMediaBytes: number = 200 * 1024 * 1024;

/** Extensions that are taken, and what the bytes behind each may be. An ID3 tag looks like MP3 before AAC too. */
const taken: Readonly<Record<string, readonly MediaKind[]>> = {
  mp4: ["mp4"],
  mov: ["mp4"],
  avi: ["avi"],
  webm: ["webm", "mkv"],
  mkv: ["mkv", "webm"],
  jpg: ["jpg"],
  jpeg: ["jpg"],
  png: ["png"],
  gif: ["gif"],
  webp: ["webp"],
  mp3: ["mp3"],
  wav: ["wav"],
  m4a: ["mp4"],
  aac: ["aac", "mp3"],
  heic: ["heic"],
  heif: ["heic"],
};

/** As a person reads it in a message. */
export const takenTypesText =
  "mp4 mov avi webm mkv · jpg jpeg png gif webp · mp3 wav m4a aac · heic heif (sent as JPEG)";

/** Lower-case, without the dot; `""` where the name has none. */
export function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

/** True where the name is one of media that the service takes, or that we convert for it. */
export function isMediaName(path: string): boolean {
  return Object.hasOwn(taken, extensionOf(path));
}

/** True where bytes of this kind may stand behind the name. */
export function kindFitsName(kind: MediaKind | undefined, path: string): boolean {
  return kind !== undefined && (taken[extensionOf(path)] ?? []).includes(kind);
}

/** True for what is converted to JPEG before the upload. */
export function isHeicName(path: string): boolean {
  return extensionOf(path) === "heic" || extensionOf(path) === "heif";
}
