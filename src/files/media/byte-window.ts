import type { FileHandle } from "node:fs/promises";

/** Media as a row of bytes of which small parts are looked at. `read` gives less than asked only at the end. */
export interface ByteWindow {
  readonly sizeBytes: number;
  read(offset: number, length: number): Promise<Buffer>;
}

/** Most steps that a walk through a file takes: hostile or broken files end, and count as unknown. */
export const maxSteps = 1_000_000;

const blockBytes = 64 * 1024;

/** A window on an open file. It holds one block of 64 KiB, so that walks in small steps cost few reads. */
export function fileWindow(handle: FileHandle, sizeBytes: number): ByteWindow {
  let block: Buffer = Buffer.alloc(0);
  let blockStart = 0;
  const fetch = async (offset: number, length: number): Promise<Buffer> => {
    const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
    const buffer = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await handle.read(buffer, filled, wanted - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };
  return {
    sizeBytes,
    async read(offset, length) {
      if (length > blockBytes) return fetch(offset, length);
      const isHere = offset >= blockStart && offset + length <= blockStart + block.byteLength;
      if (!isHere) [block, blockStart] = [await fetch(offset, blockBytes), offset];
      return block.subarray(offset - blockStart, offset - blockStart + length);
    },
  };
}

/** A window on bytes in memory. */
export function bytesWindow(bytes: Uint8Array): ByteWindow {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    sizeBytes: bytes.byteLength,
    read: (offset, length) => Promise.resolve(buffer.subarray(offset, offset + length)),
  };
}

/**
 * True where the bytes before `end` are all zero, at least `count` of them: a copy whose space was reserved and is not
 * yet filled. Whether whole media may end so too depends on the format.
 */
export async function endsInZeros(window: ByteWindow, end: number, count = 16): Promise<boolean> {
  const tail = await window.read(Math.max(0, end - count), Math.min(count, end));
  return tail.every((byte) => byte === 0);
}
