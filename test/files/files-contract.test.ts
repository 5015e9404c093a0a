import { mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { memoryFiles } from "../support/memory-files.ts";
import { stepClock } from "../support/step-clock.ts";
import { tempDir } from "../support/temp-dir.ts";
import { diskFiles } from "../../src/files/disk-files.ts";
import { filesContract } from "../executor/files.contract.ts";

filesContract("on disk", () => {
  const dir = tempDir();
  let seconds = 1_700_000_000;
  return {
    files: diskFiles({ clock: stepClock() }),
    dir,
    put(path, content) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      seconds += 1;
      utimesSync(path, seconds, seconds);
    },
    bytes(path) {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? undefined : new Uint8Array(readFileSync(path));
    },
    names: () =>
      readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
        .sort(),
  };
});

filesContract("in memory", () => {
  const files = memoryFiles();
  const dir = "/work";
  return {
    files,
    dir,
    put: files.put,
    bytes(path) {
      const bytes = files.bytes(path);
      return bytes === undefined ? undefined : new Uint8Array(bytes);
    },
    names: () => files.paths().map((path) => relative(dir, path)),
  };
});
