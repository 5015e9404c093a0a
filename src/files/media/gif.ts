import { maxSteps } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

export interface GifFacts {
  readonly completeness: Completeness;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** One round of the animation. */
  readonly durationMs: number;
}

const trailer = 0x3b;
const extension = 0x21;
const image = 0x2c;
const graphicControl = 0xf9;

/** Walks the blocks of a GIF up to its trailer. */
export async function readGif(window: ByteWindow): Promise<GifFacts> {
  const head = await window.read(0, 13);
  if (head.length < 13) return { completeness: "incomplete", width: 0, height: 0, frames: 0, durationMs: 0 };
  const size = { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  let offset = 13 + colorTableBytes(head[10] ?? 0);
  let frames = 0;
  let durationMs = 0;
  for (let step = 0; step < maxSteps; step++) {
    const block = await window.read(offset, 10);
    const kind = block[0];
    if (kind === trailer) return { completeness: "complete", ...size, frames, durationMs };
    if (block.length < 10 || (kind !== extension && kind !== image)) break;
    if (kind === image) frames += 1;
    if (kind === extension && block[1] === graphicControl) durationMs += delayMs(block.readUInt16LE(4));
    const data = kind === image ? offset + 11 + colorTableBytes(block[9] ?? 0) : offset + 2;
    const next = await skipSubBlocks(window, data);
    if (next === undefined) break;
    offset = next;
  }
  return { completeness: "incomplete", ...size, frames, durationMs };
}

/** Viewers show a frame without a delay, or with the least one, for a tenth of a second. */
function delayMs(hundredths: number): number {
  return hundredths < 2 ? 100 : hundredths * 10;
}

function colorTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

async function skipSubBlocks(window: ByteWindow, start: number): Promise<number | undefined> {
  let offset = start;
  while (offset < window.sizeBytes) {
    const length = (await window.read(offset, 1))[0];
    if (length === undefined) return undefined;
    offset += 1 + length;
    if (length === 0) return offset;
  }
  return undefined;
}
