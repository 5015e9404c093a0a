import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A photo of a kilobyte. */
export const photo: Buffer = readFileSync(
  fileURLToPath(new URL("../fixtures/media/picture.jpg", import.meta.url)),
);

/** As many different photos as one likes: a comment in front of the picture makes each its own bytes. */
export function photoNumber(number: number | string): Buffer {
  const comment = Buffer.from(`photo ${number}`);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([photo.subarray(0, 2), head, comment, photo.subarray(2)]);
}

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
