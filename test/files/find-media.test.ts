import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findMedia } from "../../src/files/find-media.ts";
import { fixture } from "../support/fixture.ts";
import { tempDir } from "../support/temp-dir.ts";

const png = fixture("picture.png");
const isWindows = process.platform === "win32";

function folderWith(...names: readonly string[]): string {
  const dir = tempDir();
  for (const name of names) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), png);
  }
  return dir;
}

async function shownBy(pattern: string, dir: string): Promise<readonly string[]> {
  const { files, refused } = await findMedia({ pattern, dir });
  expect(refused).toEqual([]);
  return files.map((file) => file.shownPath);
}

describe("what a pattern names", () => {
  const tree = [
    "10.png",
    "2.PNG",
    "photos/a.png",
    "photos/b.png",
    "photos/deep/c.png",
    "photos/.hidden/d.png",
    "summer [2024]/e.png",
    "summer (1)/f.png",
    "!odd.png",
    "a b.png",
    "käse.png",
    "thumbs.db.png",
    "clip.unmet.png",
    "~$note.png",
    ".~lock.x.png",
  ];
  test.each([
    ["*.png", ["!odd.png", "2.PNG", "10.png", "a b.png", "käse.png", "thumbs.db.png"]],
    ["*.{jpg,PNG}", ["!odd.png", "2.PNG", "10.png", "a b.png", "käse.png", "thumbs.db.png"]],
    ["[0-9]*.png", ["2.PNG", "10.png"]],
    ["photos", ["photos/a.png", "photos/b.png"]],
    ["photos/", ["photos/a.png", "photos/b.png"]],
    ["./photos/*.png", ["photos/a.png", "photos/b.png"]],
    ["PHOTOS/Deep/*.png", ["photos/deep/c.png"]],
    ["Photos/A.PNG", ["photos/a.png"]],
    ["photos/**/*.png", ["photos/a.png", "photos/b.png", "photos/deep/c.png"]],
    ["photos/../photos/?.png", ["photos/a.png", "photos/b.png"]],
    ["photos/.hidden/*.png", ["photos/.hidden/d.png"]],
    ["summer [2024]/*.png", ["summer [2024]/e.png"]],
    ["summer (1)/*.png", ["summer (1)/f.png"]],
    ["summer \\[2024\\]/*.png", ["summer [2024]/e.png"]],
    ["!odd.png", ["!odd.png"]],
    ["!o*.png", ["!odd.png"]],
    ["clip.unmet.png", ["clip.unmet.png"]],
    ["\\*.png", []],
    ["\\*\\*/\\*.png", []],
    ["none", []],
    ["none/*.png", []],
    ["10.png/*.png", []],
    [`${"x".repeat(5000)}.png`, []],
  ])("%s", async (pattern, expected) => {
    expect(await shownBy(pattern, folderWith(...tree))).toEqual(expected);
  });

  test("an absolute path is shown as it is where it leads elsewhere", async () => {
    const [here, there] = [folderWith("a.png"), folderWith("b.png")];
    expect(await shownBy(join(there, "*.png"), here)).toEqual([join(there, "b.png").replaceAll("\\", "/")]);
    expect(await shownBy(join(here, "*.png"), here)).toEqual(["a.png"]);
  });

  test("a folder with nothing to use matches nothing", async () => {
    const dir = folderWith("photos/notes.txt", "photos/deep/a.png", "photos/.b.png");
    expect(await shownBy("photos", dir)).toEqual([]);
  });

  test("a linked file counts under its own name; links in a circle end", async () => {
    const dir = folderWith("photos/a.png", "b.png");
    symlinkSync(join(dir, "b.png"), join(dir, "photos", "link.png"));
    symlinkSync(join(dir, "photos"), join(dir, "photos", "again"), "junction");
    expect(await shownBy("photos/*.png", dir)).toEqual(["photos/a.png", "photos/link.png"]);
    expect(await shownBy("photos", dir)).toEqual(["photos/a.png", "photos/link.png"]);
    const deep = await shownBy("photos/**/*.png", dir);
    expect(deep.length).toBeLessThan(10);
    expect(deep).toContain("photos/a.png");
  });

  test("many small files keep their order and their hashes", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${index + 1}.png`);
    const dir = folderWith(...names);
    const { files } = await findMedia({ pattern: "*.png", dir });
    expect(files.map((file) => file.name)).toEqual(names);
    expect(new Set(files.map((file) => file.sha256)).size).toBe(1);
  });
});

describe("what is refused", () => {
  test.each([
    ["notes.txt", "x", "file-refused", /notes\.txt is of type \.txt/],
    ["noextension", "x", "file-refused", /has no extension/],
    ["empty.mp4", "", "file-unreadable", /is empty/],
    ["zeros.mp4", Buffer.alloc(500), "file-unreadable", /is no media that we know/],
    ["page.mp4", "<!doctype html><p>Sign in", "file-unreadable", /is a web page/],
    ["wrong.jpg", png, "file-unreadable", /wrong\.jpg is png, though its name says \.jpg/],
    ["photo.heic", fixture("picture.jpg"), "file-unreadable", /is jpg, though/],
    ["clip.gif", fixture("clip.webm"), "file-unreadable", /is webm, though/],
  ])("%s", async (name, content, code, message) => {
    const dir = tempDir();
    writeFileSync(join(dir, name), content);
    const { files, refused } = await findMedia({ pattern: name, dir });
    expect(files).toEqual([]);
    expect(refused).toMatchObject([{ shownPath: name, code }]);
    expect(refused[0]?.message).toMatch(message);
    expect(refused[0]?.hint).toBeTruthy();
  });

  test("a file over 200 MB, without reading it", async () => {
    const dir = folderWith("big.png");
    truncateSync(join(dir, "big.png"), 200 * 1024 * 1024 + 1);
    const { refused } = await findMedia({ pattern: "big.png", dir });
    expect(refused).toMatchObject([
      { code: "file-too-large", hint: expect.stringMatching(/compress|trim/i) },
    ]);
    expect(refused[0]?.message).toContain("201 MB");
  });

  test.each(["gone.png", "*.png", "."])("a link that leads nowhere, named by %s", async (pattern) => {
    const dir = folderWith("a.png");
    symlinkSync(join(dir, "nowhere.png"), join(dir, "gone.png"));
    const { refused } = await findMedia({ pattern, dir });
    expect(refused).toMatchObject([{ shownPath: "gone.png", code: "file-unreadable" }]);
    expect(refused[0]?.message).toContain("leads nowhere");
  });

  test.runIf(!isWindows).each(["pipe.png", "*.png", "."])(
    "a pipe, never opened, named by %s",
    async (pattern) => {
      const dir = folderWith("a.png");
      execFileSync("mkfifo", [join(dir, "pipe.png")]);
      const { refused } = await findMedia({ pattern, dir });
      expect(refused).toMatchObject([{ shownPath: "pipe.png", code: "file-unreadable" }]);
      expect(refused[0]?.message).toContain("not a regular file");
    },
  );

  test.runIf(!isWindows)("a device behind a link", async () => {
    const dir = tempDir();
    symlinkSync("/dev/zero", join(dir, "zero.png"));
    const { refused } = await findMedia({ pattern: "*.png", dir });
    expect(refused).toMatchObject([{ shownPath: "zero.png", code: "file-unreadable" }]);
  });

  test("the good ones are found beside the bad", async () => {
    const dir = folderWith("a.png", "c.png");
    writeFileSync(join(dir, "b.png"), "");
    const { files, refused } = await findMedia({ pattern: "*", dir });
    expect(files.map((file) => file.name)).toEqual(["a.png", "c.png"]);
    expect(refused.map((file) => file.shownPath)).toEqual(["b.png"]);
  });
});

test("a file is known by its bytes, size and time", async () => {
  const dir = folderWith("a.png");
  utimesSync(join(dir, "a.png"), 1_700_000_000, 1_700_000_000);
  const { files } = await findMedia({ pattern: "a.png", dir });
  expect(files).toMatchObject([{ name: "a.png", sizeBytes: png.byteLength, mtimeMs: 1_700_000_000_000 }]);
});
