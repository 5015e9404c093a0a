import type { FileHandle } from "node:fs/promises";
import type { Stats } from "node:fs";
import { Failure } from "../base/failure.ts";
import type { ByteSource } from "../executor/ports.ts";
import type { FoundFile } from "../plan/planned-job.ts";
import { diskReason } from "./disk-failure.ts";
import { isGone } from "./error-code.ts";
import { openInside } from "./open-inside.ts";
import { openRegular } from "./open-regular.ts";
import type { OpenFile } from "./open-regular.ts";

// Each read is a walk to another thread and back: a quarter of this size takes half again the processor time.
const chunkBytes = 1024 * 1024;

/**
 * An input as a stream of 1 MiB reads, the next one under way while one is sent; a chunk is good until the next one
 * is asked for. Every `open` checks at its start and at its end that the file is still the one that the plan saw:
 * Failure `file-changed` where it is not, or gone, `file-unreadable` where the system refuses. The file is closed however the
 * reader leaves.
 */
export function openSource(file: FoundFile): ByteSource {
  return {
    name: file.name,
    sizeBytes: file.sizeBytes,
    open: (fromByte = 0) => chunks(file, fromByte),
  };
}

/** Opens an input that must still be what the plan saw. The caller closes it. */
export async function openUnchanged(file: FoundFile): Promise<FileHandle> {
  const { within } = file;
  const opening = within === undefined ? openRegular(file.path) : openInside(file.path, within);
  const opened = await opening.catch((error: unknown): OpenFile | undefined => {
    if (isGone(error)) throw changed(file, "is gone since the plan was made");
    const message = `cannot read ${file.shownPath}: ${diskReason(error)}`;
    throw new Failure({ code: "file-unreadable", message, sent: "not-sent" }, error);
  });
  if (opened === undefined) throw changed(file);
  if (!isSame(opened.stats, file)) {
    await opened.handle.close();
    throw changed(file);
  }
  return opened.handle;
}

export function changed(file: FoundFile, how = "changed after the plan was made"): Failure {
  return new Failure({
    code: "file-changed",
    message: `${file.shownPath} ${how}`,
    hint: "Put the file back as it was, and `nemo-recipe resume` goes on; or `nemo-recipe plan` with the new one.",
    sent: "not-sent",
  });
}

/** Runtimes differ in the digits after the millisecond. */
function isSame(stats: Stats, file: FoundFile): boolean {
  return stats.size === file.sizeBytes && Math.abs(stats.mtimeMs - file.mtimeMs) < 1;
}

async function* chunks(file: FoundFile, fromByte: number): AsyncGenerator<Uint8Array> {
  const handle = await openUnchanged(file);
  let position = fromByte;
  // Two in turn for the whole file: new ones would cost more than all else, and pile up faster than they are collected.
  const size = Math.max(0, Math.min(chunkBytes, file.sizeBytes - fromByte));
  const buffers = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)] as const;
  let turn: 0 | 1 = 0;
  const readNext = (): Promise<Uint8Array> => {
    const buffer = buffers[turn].subarray(0, Math.max(0, file.sizeBytes - position));
    turn = turn === 0 ? 1 : 0;
    const reading = buffer.byteLength === 0 ? Promise.resolve(buffer) : readInto(handle, buffer, position);
    // The reader may leave before it asks for this one: then nobody else looks at how it ended.
    reading.catch(() => {});
    return reading;
  };
  let reading = readNext();
  try {
    while (position < file.sizeBytes) {
      const chunk = await reading;
      if (chunk.byteLength === 0) throw changed(file);
      position += chunk.byteLength;
      reading = readNext();
      if (position === file.sizeBytes && !isSame(await handle.stat(), file)) throw changed(file);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const message = `cannot read ${file.shownPath}: ${diskReason(error)}`;
    throw new Failure({ code: "file-unreadable", message, sent: "not-sent" }, error);
  } finally {
    await reading.catch(() => {});
    await handle.close();
  }
}

async function readInto(handle: FileHandle, buffer: Buffer, position: number): Promise<Uint8Array> {
  const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, position);
  return buffer.subarray(0, bytesRead);
}
