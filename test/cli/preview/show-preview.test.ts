import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import type { Call } from "../../../src/cli/call.ts";
import { showPreview } from "../../../src/cli/preview/show-preview.ts";
import { placeSheet } from "../../../src/files/place-sheet.ts";
import { tempDir } from "../../support/temp-dir.ts";

const clip = fileURLToPath(new URL("../../fixtures/media/clip.mp4", import.meta.url));
let dir = "";
beforeEach(() => {
  dir = tempDir();
  copyFileSync(clip, join(dir, "a.preview.mp4"));
});

interface Shown {
  readonly notes: string[];
  readonly pictures: string[];
}

async function show(env: Readonly<Record<string, string>>, live = true): Promise<Shown> {
  const [notes, pictures]: [string[], string[]] = [[], []];
  const screen = {
    live,
    note: (line: string) => notes.push(line),
    picture: (text: string) => pictures.push(text),
  };
  const io = { env, stderr: { columns: 100, isTTY: true } };
  const call = { io, flags: {}, screen } as unknown as Call;
  await showPreview(
    { path: join(dir, "a.preview.mp4"), shownPath: "out/a.preview.mp4", durationMs: 1000 },
    call,
  );
  return { notes, pictures };
}

test.each([
  [{ TERM: "xterm-kitty" }, /^␛_Ga=T,f=100,c=96,q=2,m=1;iVBORw0KGgo/],
  [
    { TERM: "xterm", TERM_PROGRAM: "iTerm.app" },
    /^␛\]1337;File=inline=1;size=\d+;width=96;preserveAspectRatio=1:\/9j\//,
  ],
  [{ TERM: "foot" }, /^␛P0;1;0q"1;1;\d+;\d+#0;2;0;0;0/],
])("%j shows the frames, and the sheet is kept", async (env, picture) => {
  const { notes, pictures } = await show(env);
  expect(pictures).toHaveLength(1);
  expect(pictures[0]?.replaceAll("\u001b", "␛")).toMatch(picture);
  expect(notes).toEqual(["frames of the preview: out/a.preview.jpg"]);
  expect(readFileSync(join(dir, "a.preview.jpg")).subarray(0, 3).toString("hex")).toBe("ffd8ff");
});

test.each([
  ["another terminal", { TERM: "xterm-256color" }, true],
  ["no terminal", { TERM: "xterm-kitty" }, false],
  ["no colours wanted", { TERM: "xterm-kitty", NO_COLOR: "1" }, true],
])("%s: the sheet alone", async (_, env, live) => {
  expect(await show(env, live)).toEqual({
    pictures: [],
    notes: ["frames of the preview: out/a.preview.jpg"],
  });
});

test("a sheet of ours is replaced, and no other file ever is", async () => {
  const path = join(dir, "a.preview.jpg");
  const [first, second] = [Buffer.from("ffd8ffe001", "hex"), Buffer.from("ffd8ffe002", "hex")];
  expect(await placeSheet(path, first)).toBe(true);
  expect(await placeSheet(path, second)).toBe(true);
  expect(readFileSync(path).at(-1)).toBe(2);
  writeFileSync(path, "mine");
  expect(await placeSheet(path, first)).toBe(false);
  expect((await show({ TERM: "xterm" })).notes).toEqual([]);
  expect(readFileSync(path, "utf8")).toBe("mine");
  expect(await placeSheet(dir, first)).toBe(false);
  expect(existsSync(join(dir, "a.preview.mp4"))).toBe(true);
});
