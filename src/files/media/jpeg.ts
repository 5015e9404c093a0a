import { maxSteps } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

const startOfScan = 0xda;
const endOfImage = 0xd9;
const scanBytes = 64 * 1024;

/** JPEG: segments of announced lengths, scans of unannounced ones, up to the end mark of the first picture. */
export async function jpegCompleteness(window: ByteWindow): Promise<Completeness> {
  let offset = 2;
  for (let step = 0; step < maxSteps; step++) {
    const header = await window.read(offset, 4);
    const marker = header[1];
    if (header[0] !== 0xff || marker === undefined) return "incomplete";
    if (marker === endOfImage) return "complete";
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (header.length < 4) return "incomplete";
    offset += 2 + header.readUInt16BE(2);
    if (marker !== startOfScan) continue;
    const next = await nextMarker(window, offset);
    if (next === undefined) return "incomplete";
    offset = next;
  }
  return "unknown";
}

/** In a scan, FF before 00 is a value and FF before D0 to D7 a restart: anything else ends it. */
async function nextMarker(window: ByteWindow, start: number): Promise<number | undefined> {
  for (let offset = start; offset + 1 < window.sizeBytes; offset += scanBytes - 1) {
    const bytes = await window.read(offset, scanBytes);
    if (bytes.length < 2) return undefined;
    for (let at = bytes.indexOf(0xff); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
      const marker = bytes[at + 1] ?? 0;
      if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return offset + at;
    }
  }
  return undefined;
}
