import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mediaBeside } from "../../src/files/media-beside.ts";
import { tempDir } from "../support/temp-dir.ts";

function someFolder(): string {
  const dir = tempDir();
  for (const name of ["a/notes", "photos", "photos/deep", ".hidden"])
    mkdirSync(join(dir, name), { recursive: true });
  for (const name of ["1.jpg", "2.jpg", "10.jpg", "x.txt", "deep/film.MOV"])
    writeFileSync(join(dir, "photos", name), "");
  writeFileSync(join(dir, ".hidden", "1.png"), "");
  return dir;
}

const photos = "photos/ holds 3 pictures: photos/*.jpg";

test.each([
  ["*.jpg", photos],
  ["fotos/*.jpg", `there is no folder fotos/: ${photos}`],
  ["photo/*.jpg", `there is no folder photo/: ${photos}`],
  ["photos/*.png", "photos/deep/ holds 1 file: photos/deep/*.MOV"],
  ["photos/**/*.png", "photos/deep/ holds 1 file: photos/deep/*.MOV"],
  ["a/note/*.png", "there is no folder a/note/: did you mean a/notes/?"],
  ["a/*.png", "a/ holds no picture, clip or sound: put some there, or name a folder that does"],
  ["b/c/*.png", undefined],
])("%s", async (shown, sentence) => {
  expect(await mediaBeside(shown, someFolder())).toBe(sentence);
});
