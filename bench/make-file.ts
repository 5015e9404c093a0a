import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";

/** Writes a file of this size, of noise that repeats. */
export function makeFile(path: string, sizeBytes: number): string {
  const piece = randomBytes(1024 * 1024);
  // The first bytes of a JPEG: inputs are looked at before they are hashed.
  piece.set([0xff, 0xd8, 0xff, 0xe0]);
  const file = openSync(path, "w");
  for (let leftBytes = sizeBytes; leftBytes > 0; leftBytes -= piece.length)
    writeSync(file, piece.subarray(0, Math.min(piece.length, leftBytes)));
  closeSync(file);
  return path;
}
