import { maxSteps } from "./byte-window.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { Completeness } from "./completeness.ts";

/** PNG: chunks of announced lengths up to `IEND`. */
export async function pngCompleteness(window: ByteWindow): Promise<Completeness> {
  let offset = 8;
  for (let step = 0; step < maxSteps; step++) {
    const header = await window.read(offset, 8);
    if (header.length < 8) return "incomplete";
    const type = header.toString("latin1", 4, 8);
    const end = offset + 12 + header.readUInt32BE(0);
    if (!/^[A-Za-z]{4}$/.test(type) || end > window.sizeBytes) return "incomplete";
    if (type === "IEND") return "complete";
    offset = end;
  }
  return "unknown";
}
