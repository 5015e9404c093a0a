import { endsInZeros, maxSteps } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

const segment = 0x18538067;
const cluster = 0x1f43b675;
const padding = 0xec;

/**
 * Matroska and WebM: one segment that announces its length. A live recording leaves it open; then at least no element
 * in it may be cut.
 */
export async function ebmlCompleteness(window: ByteWindow): Promise<Completeness> {
  let offset = 0;
  let isLive = false;
  for (let step = 0; offset < window.sizeBytes; step++) {
    if (step === maxSteps) return "unknown";
    const element = await readElement(window, offset);
    if (element === undefined) return "incomplete";
    if (step > 0 && !isLive && element.id !== segment && element.id !== padding) return "incomplete";
    if (element.end !== undefined && element.end > window.sizeBytes) return "incomplete";
    if (element.id === segment && element.end !== undefined) {
      const isEmpty = element.end === element.start || (await endsInZeros(window, element.end));
      return isEmpty ? "incomplete" : "complete";
    }
    if (element.end === undefined && element.id !== segment && element.id !== cluster) return "incomplete";
    isLive ||= element.end === undefined;
    offset = element.end ?? element.start;
  }
  return isLive ? "unknown" : "incomplete";
}

interface Element {
  readonly id: number;
  readonly start: number;
  /** Undefined: not announced. */
  readonly end: number | undefined;
}

/** An element starts with its id and its length, each as long as the leading zeros of its first byte say. */
async function readElement(window: ByteWindow, offset: number): Promise<Element | undefined> {
  const header = await window.read(offset, 12);
  const idBytes = Math.clz32(header[0] ?? 0) - 23;
  if (idBytes > 4 || header.length <= idBytes) return undefined;
  const first = header[idBytes] ?? 0;
  const sizeBytes = Math.clz32(first) - 23;
  if (sizeBytes > 8 || header.length < idBytes + sizeBytes) return undefined;
  let size = BigInt(first & (0xff >> sizeBytes));
  for (const byte of header.subarray(idBytes + 1, idBytes + sizeBytes)) size = size * 256n + BigInt(byte);
  const isOpen = size === 2n ** BigInt(7 * sizeBytes) - 1n;
  const start = offset + idBytes + sizeBytes;
  return { id: header.readUIntBE(0, idBytes), start, end: isOpen ? undefined : start + Number(size) };
}
