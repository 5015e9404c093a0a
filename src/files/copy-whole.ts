import { createHash } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { takeFreeName } from "./take-free-name.ts";

const chunkBytes = 1024 * 1024;

/**
 * Copies a file to a free name on another disk, synced and compared with its hash before it gets the name. False where
 * the name is taken. What is cut off leaves a temporary name behind that no watch takes, and that the next try reuses.
 */
export async function copyWhole({
  from,
  to,
  sha256,
}: {
  readonly from: string;
  readonly to: string;
  readonly sha256: string;
}): Promise<boolean> {
  const partial = join(dirname(to), `.${basename(to)}.${sha256.slice(0, 12)}.partial`);
  try {
    if ((await copyHashed(from, partial)) !== sha256)
      throw Object.assign(new Error("the file changed while it was copied"), { code: "EBUSY" });
    return await takeFreeName(partial, to);
  } finally {
    await unlink(partial).catch(() => {});
  }
}

async function copyHashed(from: string, to: string): Promise<string> {
  const source = await open(from, "r");
  try {
    const target = await open(to, "w");
    try {
      const hash = createHash("sha256");
      const buffer = Buffer.allocUnsafe(chunkBytes);
      for (let position = 0; ;) {
        const { bytesRead } = await source.read(buffer, 0, chunkBytes, position);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        hash.update(chunk);
        for (let written = 0; written < bytesRead;)
          written += (await target.write(chunk, written, bytesRead - written, position + written))
            .bytesWritten;
        position += bytesRead;
      }
      await target.sync();
      return hash.digest("hex");
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
