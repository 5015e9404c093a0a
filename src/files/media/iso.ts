import { endsInZeros, maxSteps } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

interface Box {
  readonly type: string;
  readonly offset: number;
  /** Undefined: to the end of the file. */
  readonly end: number | undefined;
}

/** MP4, MOV, M4A, HEIC: a row of boxes, of which the index (`moov`, `meta`) and the media (`mdat`) must be whole. */
export async function isoCompleteness(window: ByteWindow): Promise<Completeness> {
  const seen = new Map<string, Box>();
  let last: Box | undefined;
  let offset = 0;
  for (let step = 0; offset < window.sizeBytes; step++) {
    if (step === maxSteps) return "unknown";
    const box = await readBox(window, offset);
    if (box === undefined) return behindTheBoxes(seen);
    if (box.end !== undefined && box.end > window.sizeBytes) return "incomplete";
    seen.set(box.type, box);
    last = box;
    if (box.end === undefined) return hasAll(seen) ? "unknown" : "incomplete";
    offset = box.end;
  }
  if (last === undefined || !hasAll(seen)) return "incomplete";
  if (await endsInZeros(window, offset)) return withZerosAtItsEnd(window, last, seen.get("moov"));
  // A row of fragments may stop anywhere; only the index behind them says that there are no more.
  return seen.has("moof") && !seen.has("mfra") ? "unknown" : "complete";
}

/** Some programs leave junk behind whole media; behind fragments it may be the space for the next one. */
function behindTheBoxes(seen: ReadonlyMap<string, Box>): Completeness {
  return !hasAll(seen) || seen.has("moof") ? "incomplete" : "complete";
}

/** Zeros are right as free space and, where the sound is not compressed, as silence. */
async function withZerosAtItsEnd(
  window: ByteWindow,
  last: Box,
  moov: Box | undefined,
): Promise<Completeness> {
  const leaf = await lastLeaf(window, last);
  if (leaf?.type === "free" || leaf?.type === "skip") return "complete";
  return leaf?.type === "mdat" && (await mayBeSilence(window, moov)) ? "unknown" : "incomplete";
}

const containers = new Set(["moov", "udta", "meta", "trak"]);
const maxDepth = 5;

/** The last box in the last box, and so on; undefined where what should be boxes is none. */
async function lastLeaf(window: ByteWindow, box: Box): Promise<Box | undefined> {
  let leaf: Box | undefined = box;
  for (let depth = 0; depth < maxDepth && leaf !== undefined && containers.has(leaf.type); depth++)
    leaf = (await lastChild(window, leaf, 8)) ?? (await lastChild(window, leaf, 12));
  return leaf;
}

/** Boxes in a box start behind its header, in some behind four more bytes. */
async function lastChild(window: ByteWindow, parent: Box, headerBytes: number): Promise<Box | undefined> {
  const end = parent.end ?? window.sizeBytes;
  let offset = parent.offset + headerBytes;
  let child: Box | undefined;
  for (let step = 0; offset < end && step < maxSteps; step++) {
    child = await readBox(window, offset);
    if (child?.end === undefined || child.end > end) return undefined;
    offset = child.end;
  }
  return child;
}

function hasAll(seen: ReadonlyMap<string, Box>): boolean {
  return seen.has("mdat") && (seen.has("moov") || seen.has("meta"));
}

async function readBox(window: ByteWindow, offset: number): Promise<Box | undefined> {
  const header = await window.read(offset, 16);
  if (header.length < 8) return undefined;
  const type = header.toString("latin1", 4, 8);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return undefined;
  const size = header.readUInt32BE(0);
  if (size === 0) return { type, offset, end: undefined };
  if (size === 1) {
    if (header.length < 16) return undefined;
    const large = Number(header.readBigUInt64BE(8));
    return large < 16 ? undefined : { type, offset, end: offset + large };
  }
  return size < 8 ? undefined : { type, offset, end: offset + size };
}

const uncompressed = ["sowt", "twos", "lpcm", "ipcm", "fpcm", "in24", "in32", "fl32", "fl64", "raw "];

/** Uncompressed sound may end in silence, which is zeros. */
async function mayBeSilence(window: ByteWindow, moov: Box | undefined): Promise<boolean> {
  if (moov?.end === undefined) return false;
  const index = await window.read(moov.offset, Math.min(moov.end - moov.offset, 1 << 20));
  return uncompressed.some((name) => index.includes(name));
}
