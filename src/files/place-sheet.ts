import { open } from "node:fs/promises";
import { Failure } from "../base/failure.ts";
import { writeAtomically } from "./write-atomically.ts";

/** A comment inside the picture, by which it is known to be ours. */
const comment = "nemo-recipe preview";

/** Puts a JPEG at the path, unless a file stands there that is no sheet of ours. False where it was not put there. */
export async function placeSheet(path: string, jpeg: Uint8Array): Promise<boolean> {
  const marked = withComment(jpeg);
  const markLength = marked.length - jpeg.length + 2;
  const there = await beginning(path, markLength);
  if (there !== undefined && !there.equals(marked.subarray(0, markLength))) return false;
  try {
    return await writeAtomically(path, marked);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return false;
  }
}

/** Right behind the two bytes that every JPEG begins with. */
function withComment(jpeg: Uint8Array): Buffer {
  const text = Buffer.from(comment);
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}

/** Undefined where there is no file; empty where it cannot be read, which is then nobody's to replace. */
async function beginning(path: string, length: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? undefined : Buffer.alloc(0);
  }
}
