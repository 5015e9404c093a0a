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
    // Behind the whole media some programs leave junk: it takes nothing away.
    if (box === undefined) return hasAll(seen) ? "complete" : "incomplete";
    if (box.end !== undefined && box.end > window.sizeBytes) return "incomplete";
    seen.set(box.type, box);
    last = box;
    if (box.end === undefined) return hasAll(seen) ? "unknown" : "incomplete";
    offset = box.end;
  }
  if (!hasAll(seen)) return "incomplete";
  if (last?.type === "mdat" && (await endsInZeros(window, offset)))
    return (await mayBeSilence(window, seen.get("moov"))) ? "unknown" : "incomplete";
  return seen.has("moof") && !seen.has("mfra") ? "unknown" : "complete";
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
