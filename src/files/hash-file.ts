import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { openRegular } from "./open-regular.ts";
import { sniffBytes } from "./sniff-media.ts";

export interface HashedFile {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The first bytes, for {@link sniffMedia}. */
  readonly head: Uint8Array;
  /** False where size or mtime moved while it was read: somebody is writing it. */
  readonly steady: boolean;
}

/** Reads a file once. Undefined where the path is no regular file; throws the system's error where it cannot be read. */
export type HashFile = (path: string) => Promise<HashedFile | undefined>;

const bufferBytes = 1 << 20;

/** A reader with one buffer of its own for all the files it is given: calls of one reader must not overlap. */
export function fileHasher(): HashFile {
  const buffer = Buffer.allocUnsafeSlow(bufferBytes);
  return async (path) => {
    const file = await openRegular(path);
    if (file === undefined) return undefined;
    const { handle, stats } = file;
    try {
      const { sha256, head, readBytes } = await digest(handle, buffer, stats.size);
      const after = await handle.stat();
      const steady = after.size === stats.size && after.mtimeMs === stats.mtimeMs && readBytes === stats.size;
      return { sizeBytes: readBytes, mtimeMs: Math.trunc(stats.mtimeMs), sha256, head, steady };
    } finally {
      await handle.close();
    }
  };
}

interface Digest {
  readonly sha256: string;
  readonly head: Uint8Array;
  readonly readBytes: number;
}

async function digest(handle: FileHandle, buffer: Buffer, sizeBytes: number): Promise<Digest> {
  const hash = createHash("sha256");
  let head = new Uint8Array(0);
  let readBytes = 0;
  // A file that grows for ever is read to the size it had: `steady` says the rest.
  while (readBytes < sizeBytes) {
    const { bytesRead } = await handle.read(buffer, 0, bufferBytes, readBytes);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    if (readBytes === 0) head = new Uint8Array(chunk.subarray(0, sniffBytes));
    hash.update(chunk);
    readBytes += bytesRead;
  }
  return { sha256: hash.digest("hex"), head, readBytes };
}
