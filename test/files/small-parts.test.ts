import { readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { blockedOutputs } from "../../src/files/blocked-outputs.ts";
import { folderTree } from "../../src/files/folder-tree.ts";
import { fileHasher } from "../../src/files/hash-file.ts";
import { heicConverter } from "../../src/files/heic-to-jpeg.ts";
import { findMedia } from "../../src/files/find-media.ts";
import { isInside } from "../../src/files/is-inside.ts";
import { isTemporaryName } from "../../src/files/temporary-name.ts";
import { retryBusy } from "../../src/files/retry-busy.ts";
import { sniffMedia } from "../../src/files/sniff-media.ts";
import { configFolder, stateFolder } from "../../src/files/state-folder.ts";
import { watchDirectory } from "../../src/files/watch-directory.ts";
import { writeAtomically } from "../../src/files/write-atomically.ts";
import { fixture } from "../support/fixture.ts";
import { stepClock } from "../support/step-clock.ts";
import { sha256 } from "../support/planned-job.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("folders of the platform", () => {
  const linux = { platform: "linux", home: "/home/me" };
  const mac = { platform: "darwin", home: "/Users/me" };
  const windows = { platform: "win32", home: "C:\\Users\\me" };
  test.each([
    [{ ...linux, env: {} }, "/home/me/.local/state/nemo-recipe", "/home/me/.config"],
    [{ ...linux, env: { XDG_STATE_HOME: "/s", XDG_CONFIG_HOME: "/c" } }, "/s/nemo-recipe", "/c"],
    [
      { ...linux, env: { XDG_STATE_HOME: "s", XDG_CONFIG_HOME: "" } },
      "/home/me/.local/state/nemo-recipe",
      "/home/me/.config",
    ],
    [{ ...mac, env: {} }, "/Users/me/Library/Application Support/nemo-recipe", "/Users/me/.config"],
    [
      { ...windows, env: { LOCALAPPDATA: "D:\\Local", APPDATA: "D:\\Roaming" } },
      "D:\\Local\\nemo-recipe\\state",
      "D:\\Roaming",
    ],
    [
      { ...windows, env: {} },
      "C:\\Users\\me\\AppData\\Local\\nemo-recipe\\state",
      "C:\\Users\\me\\AppData\\Roaming",
    ],
  ])("%j", (machine, state, config) => {
    expect(stateFolder(machine)).toBe(state);
    expect(configFolder(machine)).toBe(config);
  });
});

test.each([
  ["whole.png", "complete"],
  ["none.png", "gone"],
  ["link.png", "gone"],
  [`${"long".repeat(99)}.png`, "unreadable"],
])(
  "of a watched file it is told apart what is whole, not there, and not to be read: %.9s",
  async (name, is) => {
    const dir = tempDir();
    writeFileSync(join(dir, "whole.png"), fixture("picture.png"));
    symlinkSync("whole.png", join(dir, "link.png"));
    const tree = await folderTree(dir, { isRemote: false });
    expect(await tree.completeness(join(dir, name))).toBe(is);
  },
);

test("a watched folder is told from what took its name, and from what may not be looked at", () => {
  const dir = tempDir();
  const watch = watchDirectory(dir, { hint: () => {}, error: () => {} });
  const places = [dir, join(dir, "none"), join(dir, ".."), join(dir, "long".repeat(99))];
  expect(places.map((place) => watch.isAt(place))).toEqual([true, false, false, false]);
  watch.close();
});

test("what the disk would refuse is known before: a link in a circle, and a folder of the kernel's", async () => {
  const dir = tempDir();
  symlinkSync("round", join(dir, "round"));
  const reason = `${join(dir, "round")}: its links lead in a circle`;
  const path = join(dir, "round", "x.mp4");
  expect(await blockedOutputs([path], { overwrite: false })).toEqual([{ path, reason }]);
  if (process.platform !== "linux") return;
  for (const kernel of ["/proc/none/x.mp4", "/sys/x.mp4"])
    expect(await blockedOutputs([kernel], { overwrite: true })).toMatchObject([{ path: kernel }]);
  const link = join(dir, "link.mp4");
  symlinkSync("gone.mp4", link);
  expect(await blockedOutputs([link], { overwrite: true })).toEqual([]);
  expect(await blockedOutputs([link], { overwrite: false })).toEqual([
    { path: link, reason: "link.mp4 is a link, and not one of our files" },
  ]);
});

test.each([
  ["/a/b", "/a", true],
  ["/a", "/a", true],
  ["/a/..b", "/a", true],
  ["/ab", "/a", false],
  ["/a/../b", "/a", false],
  ["/", "/a", false],
])("%s in %s: %s", (path, folder, inside) => {
  expect(isInside(resolve(path), resolve(folder))).toBe(inside);
});

test.each([
  [".a.png", true],
  ["a.PART", true],
  ["a.mp4.crdownload", true],
  ["a.tmp", true],
  ["~$a.docx", true],
  [".~lock.a#", true],
  ["a.partial", true],
  ["a.download", true],
  ["a.unmet.mp4", true],
  ["Thumbs.db", true],
  ["a.png", false],
  ["part.png", false],
  ["a~$.png", false],
  ["unmet.mp4", false],
])("%s is a temporary name: %s", (name, isTemporary) => {
  expect(isTemporaryName(name)).toBe(isTemporary);
});

test.each([
  ["clip.mp4", "mp4"],
  ["clip.mov", "mp4"],
  ["sound.m4a", "mp4"],
  ["clip.avi", "avi"],
  ["clip.webm", "webm"],
  ["clip.mkv", "mkv"],
  ["clip.gif", "gif"],
  ["picture.jpg", "jpg"],
  ["picture.png", "png"],
  ["picture.webp", "webp"],
  ["photo.heic", "heic"],
  ["sound.mp3", "mp3"],
  ["sound.wav", "wav"],
  ["sound.aac", "aac"],
])("%s is known by its first bytes", (name, kind) => {
  expect(sniffMedia(fixture(name))).toBe(kind);
});

test.each([
  ["<HTML>", "web-page"],
  ['\uFEFF  <?xml version="1.0"?>', "web-page"],
  ["\0\0\0\x18ftypavif\0\0\0\0avifmif1", "avif"],
  ["\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"],
  ["\0\0\0\x08wide\0\0\0\x00mdat", "mp4"],
  ["\xff\xfb\x90\x64\0\0", "mp3"],
  ["\0\0\0\0\xff\xfb\x90\x64", "mp3"],
  ["\xff\xfb\xf0\x64\0\0", undefined],
  ["{}", undefined],
  ["", undefined],
  ["plain text", undefined],
])("%j is %s", (text, kind) => {
  const bytes = text.startsWith("\uFEFF") ? Buffer.from(text) : Buffer.from(text, "latin1");
  expect(sniffMedia(bytes)).toBe(kind);
});

test("a hash is that of the bytes, for every size around the buffer's", async () => {
  const dir = tempDir();
  const hashFile = fileHasher();
  for (const size of [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000]) {
    const text = "x".repeat(size);
    writeFileSync(join(dir, "file"), text);
    expect(await hashFile(join(dir, "file"))).toMatchObject({
      sizeBytes: size,
      sha256: sha256(text),
      steady: true,
    });
  }
  expect(await hashFile(dir)).toBeUndefined();
});

describe("HEIC", () => {
  const find = async (content: Uint8Array, name = "photo.heic"): ReturnType<typeof findMedia> => {
    const dir = tempDir();
    writeFileSync(join(dir, name), content);
    return findMedia({ pattern: name, dir });
  };

  test("is converted once for equal bytes, many askers or not", async () => {
    const [file] = (await find(fixture("photo.heic"))).files;
    const convert = heicConverter();
    const sources = await Promise.all([convert(file!), convert(file!), convert(file!)]);
    const first = await Promise.all(
      sources.map(async (source) => (await source.open()[Symbol.asyncIterator]().next()).value as Uint8Array),
    );
    expect(new Set(first.map((bytes) => bytes.buffer)).size).toBe(1);
  });

  test("that is damaged is refused with the file's name, and nothing is printed", async () => {
    const printed = vi.spyOn(console, "log").mockImplementation(() => {});
    onTestFinished(() => printed.mockRestore());
    const damaged = fixture("photo.heic").slice(0, 600);
    const [file] = (await find(damaged)).files;
    await expect(heicConverter()(file!)).rejects.toMatchObject({
      facts: { code: "file-unreadable", message: expect.stringContaining("photo.heic") },
    });
    expect(printed).not.toHaveBeenCalled();
  });

  test("that claims a monstrous size is refused before it takes memory", async () => {
    const bomb = Buffer.from(fixture("photo.heic"));
    const at = bomb.indexOf("ispe");
    bomb.writeUInt32BE(60_000, at + 8);
    bomb.writeUInt32BE(60_000, at + 12);
    const [file] = (await find(bomb, "bomb.heif")).files;
    await expect(heicConverter()(file!)).rejects.toThrow("megapixels");
  });
});

describe("writing a small file", () => {
  test("makes folders, replaces what is there, leaves nothing beside it", async () => {
    const path = join(tempDir(), "a", "b", "file.yaml");
    expect(await writeAtomically(path, "one")).toBe(true);
    expect(await writeAtomically(path, "two")).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(readdirSync(join(path, ".."))).toEqual(["file.yaml"]);
  });

  test("keeps what is there where asked to, a link too", async () => {
    const dir = tempDir();
    symlinkSync(join(dir, "nowhere"), join(dir, "link"));
    expect(await writeAtomically(join(dir, "file"), "one", { existing: "keep" })).toBe(true);
    expect(await writeAtomically(join(dir, "file"), "two", { existing: "keep" })).toBe(false);
    expect(await writeAtomically(join(dir, "link"), "two", { existing: "keep" })).toBe(false);
    expect(readFileSync(join(dir, "file"), "utf8")).toBe("one");
    expect(readdirSync(dir).sort()).toEqual(["file", "link"]);
  });

  test.runIf(process.platform !== "win32")("gives it the permissions that were asked for", async () => {
    const path = join(tempDir(), "secret");
    await writeAtomically(path, "x", { mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("fails with the path in the message", async () => {
    const path = join(tempDir(), "file");
    writeFileSync(path, "");
    await expect(writeAtomically(join(path, "below"), "x")).rejects.toMatchObject({
      facts: { code: "disk-error", message: expect.stringContaining(path) },
    });
  });
});

describe("a busy file", () => {
  const failing = (code: string, times: number): { calls: number; move: () => Promise<void> } => {
    const counter = { calls: 0, move: async () => {} };
    counter.move = async () => {
      counter.calls += 1;
      if (counter.calls <= times) throw Object.assign(new Error(code), { code });
    };
    return counter;
  };

  test.each([
    ["EPERM", true, 3, 4],
    ["EACCES", true, 6, 7],
    ["EBUSY", false, 2, 3],
  ])("%s on Windows %s: waited for %d times", async (code, isWindows, times, calls) => {
    const clock = stepClock();
    const counter = failing(code, times);
    await clock.run(retryBusy(clock, counter.move, isWindows));
    expect(counter.calls).toBe(calls);
  });

  test.each([
    ["EPERM", false, 1],
    ["ENOSPC", true, 1],
    ["EBUSY", true, 7],
  ])("%s on Windows %s: given up after %d tries", async (code, isWindows, calls) => {
    const clock = stepClock();
    const counter = failing(code, 100);
    await expect(clock.run(retryBusy(clock, counter.move, isWindows))).rejects.toMatchObject({ code });
    expect(counter.calls).toBe(calls);
  });
});
