import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { callCli, type CalledCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";
import { photoNumber } from "../watch/photo-number.ts";

const recipe = (watch: string, more = ""): string => `name: clip
watch: ${watch}
prompts: make a 1-second video of my photo
export: { to: "out/\${{ input.stem }}.mp4", quality: low }
poll: { state: 50ms, render: 100ms }
${more}`;

function desk(watch = "{ folder: inbox }", more = ""): string {
  const folder = tempDir();
  mkdirSync(join(folder, "inbox"));
  writeFileSync(join(folder, "clip.yaml"), recipe(watch, more));
  return folder;
}

const call = (cwd: string, ...args: string[]): Promise<CalledCli> =>
  callCli(["watch", ...args, "--state-dir", join(cwd, "state")], { cwd });

describe("watch --once", () => {
  it("makes one video of each photo, moves them aside, and knows them the next time", async () => {
    const cwd = desk("{ folder: inbox, after: move, settle: 100ms }");
    const inbox = join(cwd, "inbox");
    mkdirSync(join(inbox, "trip"));
    writeFileSync(join(inbox, "a.jpg"), photoNumber(1));
    writeFileSync(join(inbox, "copy of a.jpg"), photoNumber(1));
    writeFileSync(join(inbox, "trip", "a.jpg"), photoNumber(2));
    writeFileSync(join(inbox, "cut.jpg"), photoNumber(3).subarray(0, 400));
    const first = await call(cwd, "clip.yaml", "--once", "--local");
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toContain("2 videos, 1 file left out · ");
    expect(first.stdout.trim().split("\n").sort()).toEqual(["out/a-2.mp4", "out/a.mp4"]);
    expect(first.stderr).toContain("cut.jpg is not whole: its end is missing, so it is left");
    expect(readdirSync(inbox).sort()).toEqual(["cut.jpg", "done", "trip"]);
    expect(readdirSync(join(inbox, "done"), { recursive: true }).sort()).toEqual([
      "a.jpg",
      "copy of a.jpg",
      "trip",
      join("trip", "a.jpg"),
    ]);
    rmSync(join(inbox, "cut.jpg"));
    copyFileSync(join(inbox, "done", "a.jpg"), join(inbox, "again.jpg"));
    copyFileSync(join(cwd, "out", "a.mp4"), join(inbox, "delivered.mp4"));
    const second = await call(cwd, "clip.yaml", "--once", "--local");
    expect([second.exitCode, second.stdout]).toEqual([0, ""]);
    expect(second.stderr).toContain("again.jpg was made before");
    expect(second.stderr).toContain("delivered.mp4 is a video of ours");
    expect(existsSync(join(inbox, "done", "again.jpg"))).toBe(true);
  });

  it("says what lies there instead where nothing is meant", async () => {
    const cwd = desk("{ folder: inbox, settle: 50ms }");
    for (const name of ["a.txt", "b.txt", "c.pdf"]) writeFileSync(join(cwd, "inbox", name), "no photo");
    const { exitCode, stderr } = await call(cwd, "clip.yaml", "--once", "--local");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("is of a kind that this watch takes (3 other files: 2 .txt, 1 .pdf)");
  });
});

it("two recipes that watch one folder and write to one place do not replace each other's videos", async () => {
  const cwd = desk("{ folder: inbox, settle: 50ms }");
  writeFileSync(join(cwd, "inbox", "a.jpg"), photoNumber(1));
  const other = recipe("{ folder: inbox, settle: 50ms }").replace("1-second", "2-second");
  writeFileSync(join(cwd, "other.yaml"), other.replace("name: clip", "name: other"));
  const { exitCode, stderr } = await call(cwd, "clip.yaml", "other.yaml", "--once", "--local");
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain("each makes its own video of every file");
  expect(readdirSync(join(cwd, "out")).sort()).toEqual(["a-2.mp4", "a.mp4"]);
});

it("a photo of which nothing can be made is told, and is no success", async () => {
  const cwd = desk("{ folder: inbox, settle: 50ms }");
  writeFileSync(join(cwd, "inbox", "a.jpg"), photoNumber(1));
  mkdirSync(join(cwd, "out"));
  writeFileSync(join(cwd, "out", "a.mp4"), "not ours");
  const { exitCode, stderr } = await call(cwd, "clip.yaml", "--once", "--local");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("out/a.mp4 is there and was not made by this recipe");
  expect(stderr).toContain("1 failed");
});

it("goes on until Ctrl-C, and ends with 130", async () => {
  const cwd = desk();
  const { exitCode, stderr } = await callCli(
    ["watch", "clip.yaml", "--local", "--state-dir", join(cwd, "state")],
    {
      cwd,
      onOutput: (text, { signal }) => {
        if (text.includes("Watching")) setTimeout(signal, 300);
      },
    },
  );
  expect(exitCode).toBe(130);
  expect(stderr).not.toContain("resume");
  expect(stderr).toContain(`Watching ${join(cwd, "inbox")}. Ctrl-C ends it.`);
});

describe("what cannot be watched is said in a line, with its code", () => {
  it.each<
    [
      string,
      { watch?: string; more?: string; args?: readonly string[]; make?: (cwd: string) => void },
      number,
      string,
    ]
  >([
    ["a folder that is not there", { args: ["--folder", "nope"] }, 2, "nope is not there"],
    ["a file for a folder", { args: ["--folder", "clip.yaml"] }, 2, "clip.yaml is no folder"],
    ["no folder named", { watch: "{ settle: 2s }" }, 2, "watch has no folder"],
    ["no budget", {}, 3, "would spend credits unattended, and has no limit"],
    ["output into the folder", { watch: "{ folder: . }", args: ["--local"] }, 2, "its videos would land in"],
    [
      "done is the folder itself",
      { watch: "{ folder: inbox, after: move, done: . }" },
      2,
      "cannot be the watched folder",
    ],
    [
      "a parameter without a value",
      { more: "params: { x: { type: string, required: true } }", args: ["--local"] },
      2,
      'parameter "x" has no value',
    ],
    [
      "two recipes that take files from each other",
      {
        watch: "{ folder: inbox, after: delete }",
        args: ["other.yaml", "--local"],
        make: (cwd) =>
          writeFileSync(
            join(cwd, "other.yaml"),
            recipe("{ folder: inbox }").replace("name: clip", "name: other"),
          ),
      },
      2,
      "with after: delete the one takes them from the other",
    ],
    [
      "two recipes of one name",
      {
        args: ["other.yaml", "--local"],
        make: (cwd) => writeFileSync(join(cwd, "other.yaml"), recipe("{ folder: inbox }")),
      },
      2,
      "are both called clip",
    ],
  ])("%s", async (_name, { watch, more, args = [], make }, code, words) => {
    const cwd = desk(watch, more);
    make?.(cwd);
    const { exitCode, stderr, stdout } = await call(cwd, "clip.yaml", ...args);
    expect([exitCode, stdout]).toEqual([code, ""]);
    expect(stderr).toContain(words);
  });

  it.runIf(process.platform !== "win32" && process.getuid?.() !== 0)(
    "a folder that may not be read",
    async () => {
      const cwd = desk();
      chmodSync(join(cwd, "inbox"), 0o000);
      const { exitCode, stderr } = await call(cwd, "clip.yaml", "--local");
      chmodSync(join(cwd, "inbox"), 0o700);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("cannot be read: permission denied");
    },
  );
});

it("an output inside the folder is allowed where the watch ignores it", async () => {
  const cwd = desk('{ folder: ., ignore: ["out/**"], settle: 50ms }');
  const { exitCode } = await call(cwd, "clip.yaml", "--once", "--local");
  expect(exitCode).toBe(0);
});
