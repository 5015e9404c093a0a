import { ebmlCompleteness } from "./media/ebml.ts";
import { endsInZeros } from "./media/byte-window.ts";
import { isoCompleteness } from "./media/iso.ts";
import { jpegCompleteness } from "./media/jpeg.ts";
import { mpegAudioCompleteness } from "./media/mpeg-audio.ts";
import { pngCompleteness } from "./media/png.ts";
import { readGif } from "./media/gif.ts";
import { riffCompleteness } from "./media/riff.ts";
import { sniffBytes, sniffMedia } from "./sniff-media.ts";
import type { ByteWindow } from "./media/byte-window.ts";
import type { Completeness } from "./media/completeness.ts";
import type { MediaKind } from "./sniff-media.ts";

const judges: Readonly<Record<MediaKind, (window: ByteWindow) => Promise<Completeness>>> = {
  mp4: isoCompleteness,
  heic: isoCompleteness,
  avif: isoCompleteness,
  avi: riffCompleteness,
  wav: riffCompleteness,
  webp: riffCompleteness,
  webm: ebmlCompleteness,
  mkv: ebmlCompleteness,
  jpg: jpegCompleteness,
  png: pngCompleteness,
  gif: async (window) => (await readGif(window)).completeness,
  mp3: mpegAudioCompleteness,
  aac: mpegAudioCompleteness,
  "web-page": () => Promise.resolve("unknown"),
};

/**
 * Whether the media's own end is there. `unknown` for formats that cannot tell and for what is no media. Throws what the
 * window throws.
 */
export async function mediaComplete(window: ByteWindow): Promise<Completeness> {
  if (window.sizeBytes === 0) return "incomplete";
  const kind = sniffMedia(await window.read(0, sniffBytes));
  if (kind !== undefined) return judges[kind](window);
  // Too short to be any media, or space that was reserved for a copy which has not begun.
  return window.sizeBytes < 16 || (await endsInZeros(window, 64, 64)) ? "incomplete" : "unknown";
}
