import { open } from "node:fs/promises";
import { previewMark } from "./video-arguments.ts";

const trailer = 0x3b;

/** Writes the mark into a GIF as a comment before its trailer: ffmpeg writes no metadata there. */
export async function markGif(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    await file.read(last, 0, 1, size - 1);
    if (last[0] !== trailer) return;
    const text = Buffer.from(previewMark, "latin1");
    const comment = Buffer.concat([Buffer.from([0x21, 0xfe, text.length]), text, Buffer.from([0, trailer])]);
    await file.write(comment, 0, comment.length, size - 1);
  } finally {
    await file.close();
  }
}
