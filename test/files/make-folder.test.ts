import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFolder } from "../../src/files/make-folder.ts";
import { makeFolder as makeJournalFolder } from "../../src/journal/make-folder.ts";
import { tempDir } from "../support/temp-dir.ts";

const ways: readonly (readonly [string, (path: string) => Promise<void>])[] = [
  ["files", (path) => makeFolder(path, 0o700)],
  ["journal", async (path) => makeJournalFolder(path)],
];

describe.each(ways)("a folder of %s", (_, make) => {
  test("is made with those above it, also where it is there already and by several at once", async () => {
    const path = join(tempDir(), "a", "b", "c");
    await Promise.all([make(path), make(path)]);
    await make(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  test("is refused where a file stands in its way", async () => {
    const file = join(tempDir(), "file");
    writeFileSync(file, "");
    await expect(make(file)).rejects.toThrow("EEXIST");
    await expect(make(join(file, "a", "b"))).rejects.toThrow("ENOTDIR");
  });

  test.runIf(existsSync("/proc/self"))("is refused where none can ever be made", async () => {
    await expect(make("/proc/nope/a")).rejects.toThrow("ENOENT");
  });
});
