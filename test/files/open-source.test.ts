import { createHash } from "node:crypto";
import { appendFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findMedia } from "../../src/files/find-media.ts";
import { openSource } from "../../src/files/open-source.ts";
import type { FoundFile } from "../../src/plan/planned-job.ts";
import { fixture } from "../support/fixture.ts";
import { tempDir } from "../support/temp-dir.ts";

const chunkBytes = 1024 * 1024;

async function bigFile(sizeBytes: number): Promise<FoundFile> {
  const dir = tempDir();
  // Seventeen letters: no two chunks are the same.
  const content = Buffer.alloc(sizeBytes, "0123456789abcdefg");
  content.set(fixture("picture.png"));
  writeFileSync(join(dir, "big.png"), content);
  const [file] = (await findMedia({ pattern: "big.png", dir })).files;
  if (file === undefined) throw new Error("the file was not found");
  return file;
}

async function lengthsOf(chunks: AsyncIterable<Uint8Array>): Promise<readonly number[]> {
  const lengths: number[] = [];
  for await (const chunk of chunks) lengths.push(chunk.byteLength);
  return lengths;
}

describe("reads of 1 MiB", () => {
  test.each([
    [chunkBytes, 0, [chunkBytes]],
    [chunkBytes + 1, 0, [chunkBytes, 1]],
    [3 * chunkBytes, chunkBytes, [chunkBytes, chunkBytes]],
    [3 * chunkBytes - 5, 2 * chunkBytes, [chunkBytes - 5]],
    [2000, 2000, []],
  ])("%d bytes from %d", async (sizeBytes, fromByte, lengths) => {
    expect(await lengthsOf(openSource(await bigFile(sizeBytes)).open(fromByte))).toEqual(lengths);
  });

  test("the bytes are the file's: a chunk is good until the next one is asked for", async () => {
    const file = await bigFile(5 * chunkBytes + 77);
    const hash = createHash("sha256");
    for await (const chunk of openSource(file).open()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      hash.update(chunk);
    }
    expect(hash.digest("hex")).toBe(file.sha256);
  });
});

describe("a file that is not what the plan saw", () => {
  test.each<[string, (file: FoundFile) => void, string]>([
    ["longer", (file) => appendFileSync(file.path, "x"), "file-changed"],
    ["rewritten", (file) => utimesSync(file.path, 1_600_000_000, 1_600_000_000), "file-changed"],
    ["gone", (file) => rmSync(file.path), "file-changed"],
  ])("%s before the first byte", async (_name, change, code) => {
    const file = await bigFile(1000);
    change(file);
    await expect(lengthsOf(openSource(file).open())).rejects.toMatchObject({ facts: { code } });
  });

  test.each<[string, (path: string) => void]>([
    ["longer", (path) => appendFileSync(path, "x")],
    ["shorter", (path) => writeFileSync(path, "x")],
  ])("%s while it is read: its last byte is never given", async (_name, change) => {
    const file = await bigFile(8 * chunkBytes);
    let given = 0;
    const read = async (): Promise<void> => {
      for await (const chunk of openSource(file).open()) {
        if (given === 0) change(file.path);
        given += chunk.byteLength;
      }
    };
    await expect(read()).rejects.toMatchObject({ facts: { code: "file-changed" } });
    expect(given).toBeLessThan(file.sizeBytes);
  });
});

test.runIf(process.platform === "linux")("a reader that leaves early leaves no file open", async () => {
  const file = await bigFile(8 * chunkBytes);
  for (let round = 0; round < 20; round++) for await (const _chunk of openSource(file).open()) break;
  const { readdirSync, readlinkSync } = await import("node:fs");
  const open = readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file.path;
    } catch {
      return false;
    }
  });
  expect(open).toEqual([]);
});
