import { createHash, hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { openRegular, readWithoutWaiting, type OpenFile } from "./open-regular.ts";
import { sniffBytes } from "./sniff-media.ts";

export interface HashedFile {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The first bytes, for {@link sniffMedia}: good until the reader's next call. */
  readonly head: Uint8Array;
  /** False where size or mtime moved while it was read: somebody is writing it. */
  readonly steady: boolean;
}

/** Reads a file once. Undefined where the path is no regular file; throws the system's error where it cannot be read. */
export type HashFile = (path: string) => Promise<HashedFile | undefined>;

const bufferBytes = 1 << 20;

/** A reader with one buffer for all the files it is given, made for the first: calls of one reader must not overlap. */
export function fileHasher(): HashFile {
  let buffer: Buffer | undefined;
  const takeBuffer = (): Buffer => (buffer ??= Buffer.allocUnsafeSlow(bufferBytes));
  return async (path) => {
    const small = hashSmall(path, takeBuffer);
    return small === "large" ? hashLarge(path, takeBuffer()) : small;
  };
}

/**
 * A file that fits the buffer, in one go: for ten thousand photos, waiting for a thread at every call costs four
 * times the processor time that the calls and the hash take themselves. Who asks for many lets others run in between.
 */
function hashSmall(path: string, takeBuffer: () => Buffer): HashedFile | undefined | "large" {
  const descriptor = openSync(path, readWithoutWaiting);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return undefined;
    if (stats.size > bufferBytes) return "large";
    const buffer = takeBuffer();
    const readBytes = readSync(descriptor, buffer, 0, stats.size, 0);
    const steady = isSteady(stats, fstatSync(descriptor), readBytes);
    const chunk = buffer.subarray(0, readBytes);
    const sha256 = hash("sha256", chunk);
    const head = chunk.subarray(0, sniffBytes);
    return { sizeBytes: readBytes, mtimeMs: Math.trunc(stats.mtimeMs), sha256, head, steady };
  } finally {
    closeSync(descriptor);
  }
}

async function hashLarge(path: string, buffer: Buffer): Promise<HashedFile | undefined> {
  const file = await openRegular(path);
  return file && hashOpened(file, buffer);
}

/** Reads a file that was opened, and closes it. */
export async function hashOpened(
  { handle, stats }: OpenFile,
  buffer: Buffer = Buffer.allocUnsafe(Math.min(bufferBytes, stats.size + 1)),
): Promise<HashedFile> {
  try {
    const { sha256, head, readBytes } = await digest(handle, buffer, stats.size);
    const steady = isSteady(stats, await handle.stat(), readBytes);
    return { sizeBytes: readBytes, mtimeMs: Math.trunc(stats.mtimeMs), sha256, head, steady };
  } finally {
    await handle.close();
  }
}

function isSteady(before: Stats, after: Stats, readBytes: number): boolean {
  return after.size === before.size && after.mtimeMs === before.mtimeMs && readBytes === before.size;
}

interface Digest {
  readonly sha256: string;
  readonly head: Uint8Array;
  readonly readBytes: number;
}

async function digest(handle: FileHandle, buffer: Buffer, sizeBytes: number): Promise<Digest> {
  const sha256 = createHash("sha256");
  let head: Uint8Array = new Uint8Array(0);
  let readBytes = 0;
  // A file that grows for ever is read to the size it had: `steady` says the rest.
  while (readBytes < sizeBytes) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, readBytes);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    // A copy: the next read is into the same buffer.
    if (readBytes === 0) head = new Uint8Array(chunk.subarray(0, sniffBytes));
    sha256.update(chunk);
    readBytes += bytesRead;
  }
  return { sha256: sha256.digest("hex"), head, readBytes };
}
