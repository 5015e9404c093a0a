import { createHash } from "node:crypto";
import { basename, dirname, join, relative, resolve } from "node:path";
import picomatch from "picomatch";
import { Failure } from "../../src/base/failure.ts";
import { naturalOrder } from "../../src/base/natural-order.ts";
import type { BlockedOutput, Delivery, FileRefusal, Files } from "../../src/executor/ports.ts";
import { isInside } from "../../src/files/is-inside.ts";
import { judgeDelivery } from "../../src/files/judge-delivery.ts";
import { bytesWindow } from "../../src/files/media/byte-window.ts";
import type { VideoFacts } from "../../src/files/media/video-facts.ts";
import { isHeicName, isMediaName, kindFitsName, maxMediaBytes } from "../../src/files/media-types.ts";
import { parseRows } from "../../src/files/read-rows.ts";
import { sniffMedia } from "../../src/files/sniff-media.ts";
import { isTemporaryName } from "../../src/files/temporary-name.ts";
import type { FoundFile } from "../../src/plan/planned-job.ts";
import type { Format } from "../../src/recipe/recipe.ts";

/** A place where a step of the outside world can be made to fail. */
export type FilesStep = "find" | "open-input" | "open-sink" | "write" | "verify" | "place";

export interface MemoryFiles extends Files {
  /** Puts a file there; the time moves on by a second with each. */
  put(path: string, content: Uint8Array | string): void;
  remove(path: string): void;
  bytes(path: string): Uint8Array | undefined;
  /** All paths, temporary ones too, sorted. */
  paths(): readonly string[];
}

export interface MemoryFilesOptions {
  /** Called before each step; what it throws is what the step throws. */
  readonly before?: (step: FilesStep, path: string) => void;
  /** Stands in for reading real media, so that a simulated video may be a line of text. Throws Failures as `verify`. */
  readonly judge?: (bytes: Uint8Array, format: Format) => VideoFacts;
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly mtimeMs: number;
}

/** The port `Files` without a disk: a map from absolute paths to bytes. */
export function memoryFiles({ before = () => {}, judge }: MemoryFilesOptions = {}): MemoryFiles {
  const entries = new Map<string, Entry>();
  let nowMs = Date.UTC(2026, 10, 20);
  const put = (path: string, content: Uint8Array | string): void => {
    nowMs += 1000;
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    entries.set(path, { bytes, mtimeMs: nowMs });
  };
  const hashAt = (path: string): string | undefined => {
    const entry = entries.get(path);
    return entry === undefined ? undefined : sha256Of(entry.bytes);
  };

  return {
    put,
    remove: (path) => void entries.delete(path),
    bytes: (path) => entries.get(path)?.bytes,
    paths: () => [...entries.keys()].sort(),
    async find({ pattern, dir }) {
      before("find", pattern);
      const files: FoundFile[] = [];
      const refused: FileRefusal[] = [];
      for (const path of matching([...entries.keys()], pattern, dir)) {
        const result = examine(path, relative(dir, path), entries.get(path));
        if ("code" in result) refused.push(result);
        else files.push(result);
      }
      return { files, refused };
    },
    async blockedOutputs(paths) {
      const blocked: BlockedOutput[] = [];
      const seen = new Set<string>();
      for (const path of paths) {
        if ([...entries.keys()].some((one) => one !== path && isInside(one, path)))
          blocked.push({ path, reason: `${basename(path)} is a folder` });
        const folder = dirname(path);
        if (seen.has(folder)) continue;
        seen.add(folder);
        const file = [...entries.keys()].find((one) => isInside(folder, one));
        if (file !== undefined) blocked.push({ path, reason: `${file} is a file, not a folder` });
      }
      return blocked;
    },
    async readRows(path) {
      const entry = entries.get(path);
      if (entry === undefined) throw failure("file-unreadable", `${path}: cannot be read`);
      return parseRows(path, entry.bytes);
    },
    async openInput(file) {
      before("open-input", file.path);
      const read = (): Uint8Array => {
        const entry = entries.get(file.path);
        if (entry === undefined) throw failure("file-unreadable", `cannot read ${file.shownPath}`);
        if (entry.mtimeMs === file.mtimeMs && entry.bytes.byteLength === file.sizeBytes) return entry.bytes;
        throw failure("file-changed", `${file.shownPath} changed after the plan was made`);
      };
      const bytes = isHeicName(file.name) ? await toJpeg(read()) : read();
      return {
        name: isHeicName(file.name) ? file.name.replace(/\.\w+$/, ".jpg") : file.name,
        sizeBytes: bytes.byteLength,
        async *open(fromByte = 0) {
          if (!isHeicName(file.name)) read();
          yield bytes.subarray(fromByte);
        },
      };
    },
    async deliver(path, tag, options) {
      const within = options?.within;
      if (within !== undefined && !isInside(path, within))
        throw failure("disk-error", `${path} leads out of the output folder ${within}`);
      const partial = join(dirname(path), `.${basename(path)}.${tag}.partial`);
      return memoryDelivery({ partial, entries, put, hashAt, before, judge });
    },
    hashOf: async (path) => hashAt(path),
  };
}

interface DeliveryNeeds {
  readonly partial: string;
  readonly entries: Map<string, Entry>;
  readonly put: (path: string, bytes: Uint8Array) => void;
  readonly hashAt: (path: string) => string | undefined;
  readonly before: (step: FilesStep, path: string) => void;
  readonly judge: MemoryFilesOptions["judge"];
}

function memoryDelivery({ partial, entries, put, hashAt, before, judge }: DeliveryNeeds): Delivery {
  const written = (): Uint8Array => entries.get(partial)?.bytes ?? new Uint8Array();
  return {
    async openSink() {
      before("open-sink", partial);
      put(partial, new Uint8Array());
      return {
        async write(chunk) {
          before("write", partial);
          put(partial, Buffer.concat([written(), chunk]));
        },
      };
    },
    async verify(format) {
      before("verify", partial);
      const bytes = written();
      const facts = judge?.(bytes, format) ?? (await judgeDelivery(bytesWindow(bytes), format));
      return { sizeBytes: bytes.byteLength, sha256: sha256Of(bytes), format, ...facts };
    },
    async place(path, { ours, any }) {
      before("place", path);
      const standing = hashAt(path);
      if (standing !== undefined && !any && !ours.includes(standing))
        throw failure("output-exists", `${path} exists and is not one of our files`);
      put(path, written());
      entries.delete(partial);
    },
    discard: async () => void entries.delete(partial),
  };
}

function matching(paths: readonly string[], pattern: string, dir: string): readonly string[] {
  const literal = resolve(dir, pattern.replace(/\\(.)/g, "$1"));
  if (paths.includes(resolve(dir, pattern))) return [resolve(dir, pattern)];
  if (paths.includes(literal)) return [literal];
  const inside = paths.filter((path) => dirname(path) === literal && isMediaName(path));
  const matches = picomatch(pattern, { nocase: true });
  const matched = inside.length > 0 ? inside : paths.filter((path) => matches(relative(dir, path)));
  return matched.filter((path) => !isTemporaryName(basename(path))).sort(naturalOrder);
}

function examine(path: string, shownPath: string, entry: Entry | undefined): FoundFile | FileRefusal {
  const refuse = (code: FileRefusal["code"], why: string): FileRefusal => ({
    shownPath,
    code,
    message: `${shownPath} ${why}`,
  });
  if (!isMediaName(path)) return refuse("file-refused", "is of a type that is not taken");
  if (entry === undefined || entry.bytes.byteLength === 0) return refuse("file-unreadable", "is empty");
  if (entry.bytes.byteLength > maxMediaBytes) return refuse("file-too-large", "is over 200 MB");
  if (!kindFitsName(sniffMedia(entry.bytes), path)) return refuse("file-unreadable", "is no such media");
  const { bytes, mtimeMs } = entry;
  const sizeBytes = bytes.byteLength;
  return { path, shownPath, name: basename(path), sizeBytes, mtimeMs, sha256: sha256Of(bytes) };
}

async function toJpeg(bytes: Uint8Array): Promise<Uint8Array> {
  const { default: convert } = await import("heic-convert");
  return convert({ buffer: bytes, format: "JPEG", quality: 0.92 });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function failure(code: Failure["facts"]["code"], message: string): Failure {
  return new Failure({ code, message, sent: "not-sent" });
}
