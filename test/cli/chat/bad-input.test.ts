// What a conversation makes of bad input, down a pipe. The oracle is the emulator's ledger.
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { conversing } from "./conversing.ts";

const at = conversing();
const { serve, call, chat, prompts, idsOf } = at;

describe("bad input does the sensible thing, and loses nothing", () => {
  test.each<{ message: string; says: RegExp; exitCode: number }>([
    { message: "", says: /^$/, exitCode: 0 },
    { message: "   \t ", says: /^$/, exitCode: 0 },
    {
      message: "make a video of ./baech.jpg",
      says: /There is no \.\/baech\.jpg\. Did you mean \.\/beach\.jpg\?/,
      exitCode: 1,
    },
    { message: "my photo/sea.jpg", says: /There is no photo\/sea\.jpg|There is no my photo/, exitCode: 1 },
    { message: "'my photo/sea (1).jpg'", says: /Did you mean my photos\/sea \(1\)\.jpg\?/, exitCode: 1 },
    { message: "use ./notes.pdf", says: /notes\.pdf/, exitCode: 1 },
    { message: "./big.mp4", says: /300 MB; the limit is 200 MB/, exitCode: 1 },
    { message: "export as mp5", says: /no export format/, exitCode: 2 },
    { message: "导出成 wmv", says: /“wmv”不是导出格式/, exitCode: 2 },
    {
      message: "w".repeat(5000),
      says: /That is 5 kB of text, .* Send it as one request\? \(yes or no\?\)\nNot sent\./,
      exitCode: 3,
    },
    { message: "/export mp5", says: /"mp5" is no export format/, exitCode: 2 },
    { message: "export", says: /no video to export yet/, exitCode: 1 },
    { message: "/save", says: /nothing to save yet/, exitCode: 1 },
    { message: "/undo", says: /nothing to undo/, exitCode: 1 },
    { message: "/link", says: /no session yet/, exitCode: 1 },
    { message: "/exprot", says: /There is no \/exprot\. Did you mean \/export\?/, exitCode: 2 },
    { message: "upload", says: /Which file\?/, exitCode: 0 },
    {
      message: "w".repeat(100_000),
      says: /With it you have said 100 kB, which is more than a recipe holds.* Send it\? \(yes or no\?\)\nNot sent\./,
      exitCode: 3,
    },
  ])("$message", async ({ message, says, exitCode }) => {
    await serve();
    writeFileSync(join(at.dir, "notes.pdf"), "%PDF-1.4");
    writeFileSync(join(at.dir, "big.mp4"), "");
    truncateSync(join(at.dir, "big.mp4"), 300 * 1024 * 1024);
    const seen = await chat([message]);
    expect(seen.stderr).toMatch(says);
    expect({ ...seen, stderr: "" }).toEqual({ stdout: "", stderr: "", exitCode });
    expect(prompts()).toEqual([]);
  });

  test("a long paste is one request once it is agreed to; what the service refuses costs nothing", async () => {
    await serve();
    const long = `make a 1-second video ${"of waves ".repeat(1000)}`;
    expect((await chat([long, "yes"])).exitCode).toBe(0);
    expect(prompts()).toEqual([long.trim()]);
    const refused = await chat([long.repeat(11), "yes"]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain("Nothing was sent.");
    expect(prompts()).toHaveLength(1);
  });

  test("control characters are not sent, and nothing from outside drives the terminal", async () => {
    await serve();
    const { stderr } = await chat([
      '\u001b[2Jmake a \u0007 1-second\u202e video\u001b]0;owned\u0007 titled "\u009b31mx"',
    ]);
    expect(prompts()).toEqual(['make a  1-second video titled "x"']);
    expect(stderr).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });

  test("after the first failure a pipe sends no more", async () => {
    await serve();
    const { exitCode, stderr } = await chat(["./gone.jpg", "make a video of a sunset"]);
    expect(stderr).toContain("The messages after it were not sent.");
    expect(exitCode).toBe(1);
    expect(prompts()).toEqual([]);
  });

  test("no credits in the middle: it is said with the step to take, and what was made can be exported", async () => {
    await serve("", 105);
    const first = await chat(["make a 1-second video of a sunset", "make it vertical"]);
    expect(first.exitCode).toBe(3);
    expect(first.stderr).toMatch(
      /costs at least \d+ credits, and 5 are available\.\nNext: Register.*\nNothing was sent\.\n/,
    );
    expect(prompts()).toHaveLength(1);
    const { jobId } = await idsOf("sunset");
    const back = await chat(["/export mp4 low"], `--session ${jobId}`);
    expect(back.stdout).toBe("out/sunset.mp4\n");
    expect(prompts()).toHaveLength(1);
  });

  test("a file that is not taken keeps nothing else from being said", async () => {
    await serve("code-4001@1");
    const first = await chat(["./beach.jpg", "make a 1-second video of a sunset"], "--record talk.yaml");
    expect(first.stderr).toContain("beach.jpg stays out from here on");
    expect(prompts()).toEqual([]);
    const { jobId } = await idsOf("talk");
    const back = await chat(["make a 1-second video of a sunset"], `--session ${jobId}`);
    expect(back.exitCode).toBe(0);
    expect(prompts()).toHaveLength(1);
  });

  test("the link to register stands in Chinese, too", async () => {
    await serve("", 10);
    const { stderr, exitCode } = await chat(["做一个1秒的日落视频"]);
    expect(stderr).toMatch(/下一步：在网站上充值或注册.* https:\/\/\S+\/register\S*\n/);
    expect(exitCode).toBe(3);
  });

  test("credits that may not suffice are a warning before they are spent", async () => {
    await serve("", 130);
    const { stderr, exitCode } = await chat(["make a 2-second video of a sunset", "make it vertical"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("This request costs 50–100 credits, as far as is known; 130 are available.");
    expect(stderr.match(/This request costs/g)).toHaveLength(1);
    expect(stderr.match(/it may stop half way/g)).toHaveLength(1);
  });

  test("a session that is gone is made anew only after a yes to what is paid again", async () => {
    await serve("lost-session@2");
    const first = await chat(["make a 1-second video of a sunset", "make it warmer"]);
    expect(first.stderr).toMatch(/forgotten|session/);
    expect(first.exitCode).not.toBe(0);
    const { jobId } = await idsOf("sunset");
    const asked = await chat(["make it vertical"], `--session ${jobId}`);
    expect(asked.stderr).toContain("Go on? (yes or no?)");
    expect(asked.exitCode).toBe(3);
    const sent = prompts().length;
    const long = await chat([`make it vertical ${"and calm ".repeat(600)}`, "yes"], `--session ${jobId}`);
    expect(long.stderr).toContain("Go on? (yes or no?)");
    expect([long.exitCode, prompts().length]).toEqual([3, sent]);
    const agreed = await chat(["make it vertical", "yes"], `--session ${jobId}`);
    expect(agreed.exitCode).toBe(0);
    expect(prompts().slice(sent)).toEqual(["make a 1-second video of a sunset", "make it vertical"]);
  });

  test("a recording is never written over another file", async () => {
    await serve();
    writeFileSync(join(at.dir, "mine.yaml"), "prompts: mine\n");
    expect(await chat(["make a video"], "--record mine.yaml")).toMatchObject({ exitCode: 2 });
    const { stderr } = await chat(["make a 1-second video of a sunset", "/save mine"]);
    expect(stderr).toContain("mine.yaml is there already");
    const back = await chat(["/save nowhere/mine"], `--session ${(await idsOf("sunset")).jobId}`);
    expect(back.stderr).toContain("nowhere/mine.yaml cannot be written");
    expect(existsSync(join(at.dir, "nowhere"))).toBe(false);
    expect(readFileSync(join(at.dir, "mine.yaml"), "utf8")).toBe("prompts: mine\n");
  });

  test.each(["missing/talk.yaml", "beach.jpg/talk.yaml", "folder.yaml"])(
    "a recording that cannot be written as %s is refused before anything is sent",
    async (file) => {
      await serve();
      mkdirSync(join(at.dir, "folder.yaml"));
      const { stderr, exitCode } = await chat(["make a 1-second video of a sunset"], `--record ${file}`);
      expect(stderr).toContain(`${file} cannot be written`);
      expect(exitCode).toBe(2);
      expect(prompts()).toEqual([]);
    },
  );

  test("the head of a local recording says --local", async () => {
    await serve();
    const { stderr } = await chat(
      ["credits", "make a 1-second video of a sunset"],
      "--local --record local.yaml",
    );
    expect(stderr).toContain("It costs nothing here");
    expect(stderr).not.toMatch(/\d credits/);
    expect(readFileSync(join(at.dir, "local.yaml"), "utf8")).toMatch(/chat --session job_\w+ --local\n/);
  });

  test("undo is an edit that is asked for first", async () => {
    await serve();
    const edit = 'show the title "Sea"';
    const said = ["make a 1-second video of a sunset", edit, "/undo", "no", "undo", "yes"];
    const { stderr } = await chat(said);
    expect(stderr).toContain("which costs 10–100 credits. Send it? (yes or no?)\nNot sent.");
    expect(prompts().slice(2)).toEqual(["undo the last change and leave the video as it was before it"]);
  });

  test("the first request cannot be undone", async () => {
    await serve();
    const { stderr, exitCode } = await chat(["make a 1-second video of a sunset", "/undo"]);
    expect(stderr).toContain("nothing to undo");
    expect(exitCode).toBe(1);
    expect(prompts()).toHaveLength(1);
  });

  test("a turn whose end nobody knows ends the conversation with 75, and it can be gone on with", async () => {
    await serve("hung-before@1");
    const config = join(at.dir, "nemo-recipe.config.yaml");
    const impatient = "turn: 1s, silence: 500ms, idle: 500ms";
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace("turn: 30s, silence: 20s, idle: 20s", impatient),
    );
    const first = await chat(["make a 1-second video of a sunset"]);
    expect(first.exitCode).toBe(75);
    expect(first.stderr).toContain("resolve");
    const again = await chat(
      ["make it warmer"],
      `--session ${(await call("status --json")).stdout.match(/job_\w+/)?.[0]}`,
    );
    expect(again.exitCode).toBe(75);
    expect(prompts()).toHaveLength(0);
  });
});
