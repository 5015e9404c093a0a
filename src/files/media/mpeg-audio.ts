import { endsInZeros } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

const headBytes = 256;
/** The longest MP3 frame has 1441 bytes: silence may fill one with zeros, but its head it has. */
const longestFrameBytes = 1500;

/**
 * MP3 and AAC are rows of frames without an end. Most MP3 files announce their length in the first frame; of the
 * others only a reserved, unfilled end can be told.
 */
export async function mpegAudioCompleteness(window: ByteWindow): Promise<Completeness> {
  if (await endsInZeros(window, window.sizeBytes, longestFrameBytes)) return "incomplete";
  const start = await afterTag(window);
  if (start >= window.sizeBytes) return "incomplete";
  const announced = announcedBytes(await window.read(start, headBytes));
  if (announced === undefined) return "unknown";
  return start + announced <= window.sizeBytes ? "complete" : "incomplete";
}

/** An ID3 tag announces its length in four times seven bits. */
async function afterTag(window: ByteWindow): Promise<number> {
  const head = await window.read(0, 10);
  if (head.length < 10 || head.toString("latin1", 0, 3) !== "ID3") return 0;
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
  const footer = ((head[5] ?? 0) & 0x10) === 0 ? 0 : 10;
  return 10 + footer + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127);
}

/** The Xing or Info header: four letters, flags, a count of frames where bit 0 says so, of bytes where bit 1 does. */
function announcedBytes(frame: Buffer): number | undefined {
  const at = Math.max(frame.indexOf("Xing"), frame.indexOf("Info"));
  if (at < 0 || frame.length < at + 16) return undefined;
  const flags = frame.readUInt32BE(at + 4);
  if ((flags & 2) === 0) return undefined;
  const bytes = frame.readUInt32BE(at + ((flags & 1) === 0 ? 8 : 12));
  return bytes === 0 ? undefined : bytes;
}
