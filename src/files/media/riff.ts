import { endsInZeros, maxSteps } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

export interface Chunk {
  /** Four letters; of a `LIST` its own name instead, such as `movi`. */
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** AVI, WAV and WebP: chunks in a chunk, each announcing its length. A long AVI is several such rows. */
export async function riffCompleteness(window: ByteWindow): Promise<Completeness> {
  const head = await window.read(0, 12);
  if (head.length < 12) return "incomplete";
  const form = head.toString("latin1", 8, 12);
  const announced = head.readUInt32LE(4);
  // A program that writes into a pipe cannot come back to fill in the length; RF64 keeps it elsewhere.
  if (announced === 0 || announced === 0xffffffff || head.toString("latin1", 0, 4) === "RF64")
    return "unknown";
  let offset = 0;
  let last: Chunk | undefined;
  const ids = new Set<string>();
  for (let step = 0; offset < window.sizeBytes; step++) {
    if (step === maxSteps) return "unknown";
    const chunk = await readChunk(window, offset);
    if (chunk === undefined || !/^(RIFF|AVI |AVIX|WAVE|WEBP)$/.test(chunk.id)) break;
    if (chunk.end > window.sizeBytes) return "incomplete";
    const children = await chunksIn(window, { id: chunk.id, start: chunk.start, end: chunk.end });
    if (children === undefined) return "incomplete";
    for (const child of children) ids.add(child.id);
    last = children.at(-1);
    offset = chunk.end + (chunk.end % 2);
  }
  if (last === undefined || !needed(form).every((id) => ids.has(id))) return "incomplete";
  if (!(await endsInZeros(window, last.end))) return "complete";
  // Silence and a picture of one colour are zeros too; an AVI's index is not, its filling is.
  return form !== "AVI " ? "unknown" : last.id === "JUNK" ? "complete" : "incomplete";
}

function needed(form: string): readonly string[] {
  return form === "AVI " ? ["hdrl", "movi"] : form === "WAVE" ? ["fmt ", "data"] : [];
}

/** The chunks in a `RIFF` or `LIST`, without those inside them; undefined where one is broken or too long. */
export async function chunksIn(window: ByteWindow, parent: Chunk): Promise<readonly Chunk[] | undefined> {
  const chunks: Chunk[] = [];
  let offset = parent.start;
  while (offset + 8 <= parent.end && chunks.length < maxSteps) {
    const chunk = await readChunk(window, offset);
    if (chunk === undefined || chunk.end > parent.end) return undefined;
    chunks.push(chunk);
    offset = chunk.end + (chunk.end % 2);
  }
  return chunks;
}

async function readChunk(window: ByteWindow, offset: number): Promise<Chunk | undefined> {
  const header = await window.read(offset, 12);
  if (header.length < 8) return undefined;
  const id = header.toString("latin1", 0, 4);
  if (!/^[\x20-\x7e]{4}$/.test(id)) return undefined;
  const end = offset + 8 + header.readUInt32LE(4);
  const isGroup = (id === "RIFF" || id === "LIST") && header.length === 12;
  return isGroup
    ? { id: header.toString("latin1", 8, 12), start: offset + 12, end }
    : { id, start: offset + 8, end };
}
