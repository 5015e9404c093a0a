// Owns: one temporary file beside a delivery's target, its handle and its running hash. Talks to: the disk.
// Invariants: the file is always a new one, never a link or something that stood there; one write at a time is under
// way; the hash covers exactly the bytes that were given since the last start, and all of them are written at the end.
import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { assert } from "../base/assert.ts";
import type { ByteSink } from "../executor/ports.ts";
import { diskFailure } from "./disk-failure.ts";
import { errorCode } from "./error-code.ts";

export interface FinishedFile {
  readonly handle: FileHandle;
  readonly sizeBytes: number;
  readonly sha256: string;
}

interface Writing {
  readonly handle: FileHandle;
  readonly hash: Hash;
  /** Given and hashed, and not on their way to the disk yet. */
  gathered: Uint8Array[];
  gatheredBytes: number;
  /** On the disk, or on their way there. */
  sizeBytes: number;
  last: Promise<void>;
}

// What the network brings is small: each write of its own is a walk to another thread and back.
const gatheredAtMost = { bytes: 1024 * 1024, chunks: 256 };

export class PartialFile {
  readonly path: string;
  readonly #shownPath: string;
  #writing: Writing | undefined;

  /** `shownPath` stands in the messages: people know the target, not its temporary name. */
  constructor(path: string, shownPath: string) {
    this.path = path;
    this.#shownPath = shownPath;
  }

  /** Starts the file anew. A sink of an earlier start then refuses its bytes. */
  async start(): Promise<ByteSink> {
    await this.close().catch(() => {});
    const handle = await this.#create().catch((error: unknown): never => {
      throw diskFailure(error, this.#shownPath);
    });
    const empty = { gathered: [], gatheredBytes: 0, sizeBytes: 0, last: Promise.resolve() };
    const writing: Writing = { handle, hash: createHash("sha256"), ...empty };
    this.#writing = writing;
    return { write: (chunk) => this.#write(writing, chunk) };
  }

  /** What stands there is never truncated: after a crash in the middle of placing, it may be the delivered file. */
  async #create(): Promise<FileHandle> {
    try {
      return await open(this.path, "wx+");
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
      await unlink(this.path);
      return open(this.path, "wx+");
    }
  }

  /** Resolves as soon as the next chunk may come: this one is hashed, and may still be on its way to the disk. */
  async #write(writing: Writing, chunk: Uint8Array): Promise<void> {
    assert(this.#writing === writing, restarted);
    if (chunk.byteLength === 0) return;
    writing.hash.update(chunk);
    writing.gathered.push(chunk);
    writing.gatheredBytes += chunk.byteLength;
    const { bytes, chunks } = gatheredAtMost;
    if (writing.gatheredBytes >= bytes || writing.gathered.length >= chunks) await this.#send(writing);
  }

  /** Sends what was gathered on its way, as soon as what went before is on the disk. */
  async #send(writing: Writing): Promise<void> {
    await writing.last;
    assert(this.#writing === writing, restarted);
    const { gathered, handle, sizeBytes } = writing;
    writing.sizeBytes += writing.gatheredBytes;
    [writing.gathered, writing.gatheredBytes] = [[], 0];
    writing.last = writeAll(handle, gathered, sizeBytes).catch((error: unknown): never => {
      throw diskFailure(error, this.#shownPath);
    });
    // Whoever comes next awaits it and gets the error; if nobody comes, it must not end the process.
    writing.last.catch(() => {});
  }

  /** Waits for the last byte and for the disk. The handle stays open for reading until {@link close}. */
  async finish(): Promise<FinishedFile> {
    const writing = this.#writing;
    assert(writing !== undefined, "a delivery was verified before it was started");
    await this.#send(writing);
    await writing.last;
    await writing.handle.datasync().catch((error: unknown): never => {
      throw diskFailure(error, this.#shownPath);
    });
    const sha256 = writing.hash.copy().digest("hex");
    return { handle: writing.handle, sizeBytes: writing.sizeBytes, sha256 };
  }

  async close(): Promise<void> {
    const writing = this.#writing;
    this.#writing = undefined;
    await writing?.last.catch(() => {});
    await writing?.handle.close().catch((error: unknown): never => {
      throw diskFailure(error, this.#shownPath);
    });
  }

  async discard(): Promise<void> {
    await this.close().catch(() => {});
    await unlink(this.path).catch((error: unknown) => {
      if (errorCode(error) !== "ENOENT" && errorCode(error) !== "ENOTDIR")
        throw diskFailure(error, this.#shownPath);
    });
  }
}

const restarted = "a sink was written to after its file was started anew";

async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[], start: number): Promise<void> {
  let [left, position] = [chunks, start];
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev([...left], position);
    assert(bytesWritten > 0, "a write wrote nothing");
    left = behind(left, bytesWritten);
    position += bytesWritten;
  }
}

/** What is left of the chunks behind so many bytes: the disk may take less than it was given. */
function behind(chunks: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let offset = bytes;
  for (const [index, chunk] of chunks.entries()) {
    if (offset < chunk.byteLength) return [chunk.subarray(offset), ...chunks.slice(index + 1)];
    offset -= chunk.byteLength;
  }
  return [];
}
