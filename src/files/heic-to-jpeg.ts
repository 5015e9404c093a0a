import { createHash } from "node:crypto";
import { parse } from "node:path";
import { Failure } from "../base/failure.ts";
import type { ByteSource } from "../executor/ports.ts";
import type { FoundFile } from "../plan/planned-job.ts";
import { maxMediaBytes } from "./media-types.ts";
import { changed, openUnchanged } from "./open-source.ts";

const quality = 0.92;
/** Twelve megapixels decode to 48 MB; what claims to be far more is a mistake or an attack. */
const maxPixels = 120_000_000;
const keptBytes = 32 * 1024 * 1024;

/** Converts an input to JPEG, from the file as the plan saw it. Throws `file-changed` or `file-unreadable`. */
export type HeicToJpeg = (file: FoundFile) => Promise<ByteSource>;

/**
 * Owns: the newest results, at most 32 MB of them, by the hash of what they were made from.
 * Invariant: one conversion at a time, because each holds the whole picture in memory.
 */
export function heicConverter(): HeicToJpeg {
  const kept = new Map<string, Uint8Array>();
  let last: Promise<unknown> = Promise.resolve();

  const convertOnce = async (file: FoundFile): Promise<Uint8Array> => {
    const known = kept.get(file.sha256);
    const jpeg = known ?? (await convert(file));
    kept.delete(file.sha256);
    kept.set(file.sha256, jpeg);
    forgetOldest(kept);
    return jpeg;
  };

  return async (file) => {
    const mine = last.then(() => convertOnce(file));
    last = mine.catch(() => {});
    return sourceOf(`${parse(file.name).name}.jpg`, await mine);
  };
}

function forgetOldest(kept: Map<string, Uint8Array>): void {
  let bytes = 0;
  for (const jpeg of kept.values()) bytes += jpeg.byteLength;
  for (const [key, jpeg] of kept) {
    if (bytes <= keptBytes) return;
    kept.delete(key);
    bytes -= jpeg.byteLength;
  }
}

function sourceOf(name: string, jpeg: Uint8Array): ByteSource {
  return {
    name,
    sizeBytes: jpeg.byteLength,
    async *open(fromByte = 0) {
      const step = 256 * 1024;
      for (let at = fromByte; at < jpeg.byteLength; at += step) yield jpeg.subarray(at, at + step);
    },
  };
}

async function convert(file: FoundFile): Promise<Uint8Array> {
  const buffer = await readWhole(file);
  if (claimedPixels(buffer) > maxPixels)
    throw unconvertible(file, "the picture is larger than 120 megapixels");
  const { default: heicConvert } = await import("heic-convert");
  try {
    return await quietly(() => heicConvert({ buffer, format: "JPEG", quality }));
  } catch (error) {
    throw unconvertible(file, error instanceof Error ? error.message : String(error));
  }
}

const decoderTalk = /^(Decoding image failed|Could not |Error loading image ids|No images found)/;

/** The decoder tells its troubles to console.log, where they would land among a run's results on stdout. */
async function quietly<Value>(work: () => Promise<Value>): Promise<Value> {
  const { console } = globalThis;
  const { log } = console;
  console.log = (...words: readonly unknown[]): void => {
    if (!decoderTalk.test(String(words[0]))) log.apply(console, [...words]);
  };
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

async function readWhole(file: FoundFile): Promise<Buffer> {
  if (file.sizeBytes > maxMediaBytes) throw unconvertible(file, "the file is over 200 MB");
  const handle = await openUnchanged(file);
  try {
    const bytes = await handle.readFile();
    if (createHash("sha256").update(bytes).digest("hex") !== file.sha256) throw changed(file);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** The largest picture that an `ispe` box (four letters, version and flags, width, height) announces. */
function claimedPixels(buffer: Buffer): number {
  let pixels = 0;
  for (
    let at = buffer.indexOf("ispe");
    at >= 0 && at + 16 <= buffer.length;
    at = buffer.indexOf("ispe", at + 4)
  )
    pixels = Math.max(pixels, buffer.readUInt32BE(at + 8) * buffer.readUInt32BE(at + 12));
  return pixels;
}

function unconvertible(file: FoundFile, why: string): Failure {
  return new Failure({
    code: "file-unreadable",
    message: `${file.shownPath} cannot be converted to JPEG: ${why}`,
    hint: "Export it as JPEG from your photo program, and use that file.",
    sent: "not-sent",
  });
}
