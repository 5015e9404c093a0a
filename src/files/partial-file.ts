// Owns: one temporary file beside a delivery's target, its handle and its running hash. Talks to: the disk.
// Invariants: the file is always a new one, never a link or something that stood there; one write at a time is under
// way; the hash covers exactly the bytes that were written since the last start.
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
  sizeBytes: number;
  last: Promise<void>;
}

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
    await this.discard();
    // Never truncated: after a crash in the middle of placing, this name may be the delivered file's second one.
    const handle = await open(this.path, "wx+").catch((error: unknown): never => {
      throw diskFailure(error, this.#shownPath);
    });
    const writing: Writing = { handle, hash: createHash("sha256"), sizeBytes: 0, last: Promise.resolve() };
    this.#writing = writing;
    return { write: (chunk) => this.#write(writing, chunk) };
  }

  /** Resolves as soon as the next chunk may come: this one is still on its way to the disk, and hashed meanwhile. */
  async #write(writing: Writing, chunk: Uint8Array): Promise<void> {
    await writing.last;
    assert(this.#writing === writing, "a sink was written to after its file was started anew");
    const position = writing.sizeBytes;
    writing.sizeBytes += chunk.byteLength;
    writing.last = writeAll(writing.handle, chunk, position).catch((error: unknown): never => {
      throw diskFailure(error, this.#shownPath);
    });
    // Whoever comes next awaits it and gets the error; if nobody comes, it must not end the process.
    writing.last.catch(() => {});
    writing.hash.update(chunk);
  }

  /** Waits for the last byte and for the disk. The handle stays open for reading until {@link close}. */
  async finish(): Promise<FinishedFile> {
    const writing = this.#writing;
    assert(writing !== undefined, "a delivery was verified before it was started");
    await writing.last;
    await writing.handle.sync().catch((error: unknown): never => {
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

async function writeAll(handle: FileHandle, chunk: Uint8Array, start: number): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.byteLength - written, start + written);
    assert(bytesWritten > 0, "a write wrote nothing");
    written += bytesWritten;
  }
}
