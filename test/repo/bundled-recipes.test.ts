// Each bundled recipe says what it is, is valid, and makes its videos on the local backend from a few small pictures.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFfmpeg } from "../../src/emulator/find-ffmpeg.ts";
import { callCli } from "../support/call-cli.ts";
import { isWhole } from "../support/rounds.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const today = /^out\/recaps\/\d{4}-\d\d-\d\d\.mp4$/;

interface Case {
  readonly recipe: string;
  /** What lies in the folder where it is run; `heic` is a picture as a phone takes it. */
  readonly files: readonly string[];
  readonly table?: string;
  readonly makes: readonly (string | RegExp)[];
  readonly params?: readonly string[];
}

/** The shortest video that each recipe makes. */
const cases: readonly Case[] = [
  { recipe: "image-video", files: ["1.jpg", "2.png"], makes: ["out/image-video.mp4"] },
  {
    recipe: "free-image-to-video-generator",
    files: ["1.jpg"],
    makes: ["out/free-image-to-video-generator.mp4"],
  },
  { recipe: "ai-image-to-video-generator", files: ["1.jpg"], makes: ["out/ai-image-to-video-generator.mp4"] },
  { recipe: "joy-image-to-video", files: ["1.jpg"], makes: ["out/joy-image-to-video.mp4"] },
  {
    recipe: "openai-image-to-video",
    files: ["1.png"],
    makes: ["out/openai-image-to-video-tall.mp4", "out/openai-image-to-video-wide.mp4"],
  },
  {
    recipe: "product-promo",
    files: ["logo.png", "cup/1.jpg", "bowl/1.jpg"],
    table: "name,title,folder\ncup,Made of sand,cup\nbowl,Room for more,bowl\n",
    makes: ["out/promos/bowl.mp4", "out/promos/cup.mp4"],
  },
  { recipe: "reel", files: ["1.jpg", "2.heic"], makes: ["out/reel.mp4"] },
  {
    recipe: "one-clip-per-image",
    files: ["1.jpg", "2.jpg"],
    makes: ["out/clips/1.mp4", "out/clips/2.mp4"],
    params: ["seconds=2"],
  },
  {
    recipe: "before-after",
    files: ["before.jpg", "after.jpg"],
    makes: ["out/before-after.gif", "out/before-after.mp4"],
  },
  { recipe: "weekly-recap", files: ["1.jpg"], makes: [today] },
  {
    recipe: "chapters",
    files: ["1.jpg", "2.jpg"],
    makes: ["out/chapters/1-1.mp4", "out/chapters/2-2.mp4"],
    params: ["seconds=2"],
  },
];

let folder = "";
const pictures = (name: string): string => join(folder, `picture${name.slice(name.lastIndexOf("."))}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nemo-bundled-"));
  const ffmpeg = (await findFfmpeg())?.path ?? "ffmpeg";
  for (const name of ["picture.jpg", "picture.png"]) {
    const drawn = [
      "-v",
      "error",
      "-y",
      "-f",
      "lavfi",
      "-i",
      "testsrc2=s=480x320",
      "-frames:v",
      "1",
      join(folder, name),
    ];
    spawnSync(ffmpeg, drawn);
  }
  copyFileSync(join(root, "test/fixtures/media/photo.heic"), join(folder, "picture.heic"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("bundled recipes", () => {
  test("are all tried here", () => {
    const bundled = readdirSync(join(root, "recipes")).map((file) => file.replace(/\.yaml$/, ""));
    expect(cases.map(({ recipe }) => recipe).sort()).toEqual(bundled.sort());
  });

  test.each(cases)("$recipe is valid, described, and named like its file", async ({ recipe }) => {
    const text = readFileSync(join(root, "recipes", `${recipe}.yaml`), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../schemas/recipe.schema.json");
    expect(text).toContain(`\nname: ${recipe}\n`);
    expect(text).toMatch(/^description: \S.{20,90}$/m);
    const checked = await callCli(["validate", recipe], { cwd: folder });
    expect(checked).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("warning") });
  });

  // Side by side: much of the time is waiting for the service to settle.
  test.concurrent.each(isWhole ? cases : cases.filter(({ recipe }) => recipe === "reel"))(
    "$recipe makes its videos",
    async ({ recipe, files, table, makes, params = ["seconds=3"] }) => {
      const cwd = join(folder, recipe);
      for (const file of files) {
        mkdirSync(dirname(join(cwd, file)), { recursive: true });
        copyFileSync(pictures(file), join(cwd, file));
      }
      if (table !== undefined) writeFileSync(join(cwd, "products.csv"), table);
      const set = params.flatMap((param) => ["--param", param]);
      const env = { NEMO_RECIPE_STATE_DIR: join(cwd, ".state") };
      const run = await callCli(["run", recipe, "--local", ...set], { cwd, env });
      expect(run.stderr).not.toContain("failed");
      expect(run.exitCode, run.stderr).toBe(0);
      const made = run.stdout.trim().split("\n");
      for (const path of made) expect(existsSync(join(cwd, path)) || existsSync(path), path).toBe(true);
      const shown = made.map((path) => (path.startsWith("/") ? relative(cwd, path) : path)).sort();
      expect(shown).toHaveLength(makes.length);
      for (const [index, name] of makes.entries()) expect(shown[index]).toMatch(name);
      const again = await callCli(["run", recipe, "--local", ...set], { cwd, env });
      expect(again, again.stderr).toMatchObject({ exitCode: 0 });
      expect(again.stderr).toContain("up to date");
    },
  );
});
