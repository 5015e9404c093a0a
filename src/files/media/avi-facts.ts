import { chunksIn } from "./riff.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Chunk } from "./riff.ts";

export interface AviFacts {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly videoTracks: number;
  readonly audioTracks: number;
}

interface Stream {
  readonly kind: string;
  readonly durationMs: number;
}

/** What an AVI's headers say; undefined where they are not there. */
export async function readAviFacts(window: ByteWindow): Promise<AviFacts | undefined> {
  const head = await window.read(0, 12);
  if (head.length < 12) return undefined;
  const end = Math.min(window.sizeBytes, 8 + head.readUInt32LE(4));
  const header = await childOf(window, { id: "AVI ", start: 12, end }, "hdrl");
  if (header === undefined) return undefined;
  const main = await childOf(window, header, "avih");
  if (main === undefined) return undefined;
  const bytes = await window.read(main.start, 40);
  if (bytes.length < 40) return undefined;
  const streams = await streamsIn(window, header);
  const count = (kind: string): number => streams.filter((stream) => stream.kind === kind).length;
  const longest = Math.max(...streams.map((stream) => stream.durationMs), 0);
  const byFrames = Math.round((bytes.readUInt32LE(0) * bytes.readUInt32LE(16)) / 1000);
  return {
    durationMs: longest > 0 ? longest : byFrames,
    width: bytes.readUInt32LE(32),
    height: bytes.readUInt32LE(36),
    videoTracks: count("vids"),
    audioTracks: count("auds"),
  };
}

async function streamsIn(window: ByteWindow, header: Chunk): Promise<readonly Stream[]> {
  const streams: Stream[] = [];
  for (const list of (await chunksIn(window, header)) ?? []) {
    if (list.id !== "strl") continue;
    const stream = await readStream(window, list);
    if (stream !== undefined) streams.push(stream);
  }
  return streams;
}

/** A stream's length is counted in units of scale/rate seconds. */
async function readStream(window: ByteWindow, list: Chunk): Promise<Stream | undefined> {
  const chunk = await childOf(window, list, "strh");
  const bytes = chunk === undefined ? undefined : await window.read(chunk.start, 36);
  if (bytes === undefined || bytes.length < 36) return undefined;
  const [scale, rate, length] = [bytes.readUInt32LE(20), bytes.readUInt32LE(24), bytes.readUInt32LE(32)];
  const durationMs = rate === 0 ? 0 : Math.round((length * scale * 1000) / rate);
  return { kind: bytes.toString("latin1", 0, 4), durationMs };
}

async function childOf(window: ByteWindow, parent: Chunk, id: string): Promise<Chunk | undefined> {
  return (await chunksIn(window, parent))?.find((chunk) => chunk.id === id);
}
