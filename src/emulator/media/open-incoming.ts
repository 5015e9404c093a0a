// Owns: one file on its way in. Talks to: the upload folder.
// Invariants: what is not finished leaves nothing behind; memory does not grow with the file.
import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Backend } from "../backend.ts";
import { randomName } from "../state/random-id.ts";
import type { Upload } from "../state/sessions.ts";
import { Refused } from "../wire/call.ts";
import { mediaKindOf, takenExtensions } from "./media-kinds.ts";
import { readOrientation } from "./read-orientation.ts";

export interface Incoming {
  write(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
  /** Judges the whole file. Throws Refused 4001 or 4002. */
  finish(): Promise<Upload>;
  discard(): Promise<void>;
}

const limitBytes = 200 * 1024 * 1024;
const headBytes = 64 * 1024;
/** The service publishes no figure. */
const smallestSide = 16;

export async function openIncoming(backend: Backend, filename: string): Promise<Incoming> {
  const id = randomName("file_");
  const path = backend.sessions.uploadPath({ id });
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "w");
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let head: Buffer = Buffer.alloc(0);
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) await handle.close();
    closed = true;
  };
  return {
    async write(bytes) {
      sizeBytes += bytes.length;
      if (sizeBytes > limitBytes) return;
      if (head.length < headBytes) head = Buffer.concat([head, bytes.subarray(0, headBytes - head.length)]);
      hash.update(bytes);
      await handle.writeFile(bytes);
    },
    close,
    async finish() {
      await close();
      if (sizeBytes > limitBytes) throw new Refused(4002, `${filename} is larger than 200 MB`);
      const fileType = mediaKindOf(filename, head);
      if (fileType === undefined) throw refusedType(filename);
      const sha256 = hash.digest("hex");
      const facts = await backend.probe(path, sha256);
      const visible = Math.min(facts.width, facts.height) >= smallestSide;
      const audible = fileType === "audio" && facts.hasSound;
      if (fileType === "image" && facts.width > 0 && !visible)
        throw new Refused(4001, `${filename} is too small`);
      if (!visible && !audible) throw new Refused(4001, `${filename} cannot be read as ${fileType}`);
      const orientation = fileType === "image" ? readOrientation(head) : 1;
      const upright = orientation >= 5 ? { width: facts.height, height: facts.width } : {};
      return {
        ...facts,
        ...upright,
        id,
        atMs: Date.now(),
        filename,
        fileType,
        sizeBytes,
        sha256,
        orientation,
      };
    },
    async discard() {
      await close();
      await rm(path, { force: true });
    },
  };
}

function refusedType(filename: string): Refused {
  return new Refused(4001, `${filename}: unsupported file type; taken are ${takenExtensions.join(", ")}`);
}
