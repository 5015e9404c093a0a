// Whole conversations with the emulator, down a pipe. The oracle is the emulator's ledger: what it was sent and charged.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../../src/emulator/start-emulator.ts";
import { callCli, type CalledCli, type CallOptions } from "../../support/call-cli.ts";
import { tempDir } from "../../support/temp-dir.ts";

const picture = fileURLToPath(new URL("../../fixtures/media/picture.jpg", import.meta.url));
let service: Emulator;
let dir = "";

beforeEach(() => {
  dir = tempDir();
  for (const name of ["beach.jpg", "logo.jpg", "my photos/sea (1).jpg"]) {
    mkdirSync(join(dir, "my photos"), { recursive: true });
    cpSync(picture, join(dir, name));
    writeFileSync(join(dir, name), name, { flag: "a" });
  }
  const config =
    "retry: { attempts: 2, delay: 20ms, maxDelay: 20ms }\npoll: { state: 40ms, render: 1200ms }\ntimeouts: { turn: 1s, silence: 500ms, idle: 500ms, change: 400ms, render: 20s }\n";
  writeFileSync(join(dir, "nemo-recipe.config.yaml"), config);
});
afterEach(async () => {
  await service?.close();
});

const serve = async (faults = "", credits = 1000): Promise<Emulator> =>
  (service = await startEmulator({ faults, workMs: 40, pace: 0.3, credits }));

const call = (args: string, options: Partial<CallOptions> = {}): Promise<CalledCli> =>
  callCli(
    args.split(" ").filter((arg) => arg !== ""),
    {
      cwd: dir,
      ...options,
      env: { NEMO_RECIPE_STATE_DIR: join(dir, "state"), NEMO_API_URL: service.url, ...options.env },
    },
  );
const chat = (
  messages: readonly string[],
  args = "",
  options: Partial<CallOptions> = {},
): Promise<CalledCli> =>
  call(`chat ${args}`, { stdin: messages.map((message) => `${message}\n`).join(""), ...options });
const prompts = (): readonly string[] => service.ledger.turns.map(({ text }) => text);

describe("a recorded conversation", () => {
  test(
    "makes, changes, exports; its recipe is up to date, and makes the same elsewhere",
    { timeout: 60_000 },
    async () => {
      await serve();
      const said = [
        "make a 1-second video of ./beach.jpg",
        "status",
        "add the logo at the end: logo.jpg",
        "credits",
        'make it 1 second long, with the title "Sea"',
        "export it as mp4 in low quality",
      ];
      const { stdout, stderr, exitCode } = await chat(said, "--record promo.yaml");
      expect(stderr).toContain("Cost: ");
      expect(exitCode).toBe(0);
      expect(stdout).toBe("out/promo.mp4\n");
      // Nothing but the three requests went to the service.
      expect(prompts()).toEqual([
        "make a 1-second video of beach.jpg",
        "add the logo at the end: logo.jpg",
        'make it 1 second long, with the title "Sea"',
      ]);
      const recipe = readFileSync(join(dir, "promo.yaml"), "utf8");
      expect(recipe).toContain("inputs:\n  - beach.jpg\n");
      expect(recipe).toContain("    inputs:\n      - logo.jpg\n");
      const again = await call("run promo.yaml");
      expect(again.stderr).toContain("up to date");
      expect(prompts()).toHaveLength(3);
      writeFileSync(join(dir, "again.yaml"), (await call("show promo --as-recipe")).stdout);
      expect((await call("run again.yaml")).stderr).toContain("up to date");
      const timeline = await timelineOf("promo");
      expect(timeline).toContain('Title: "Sea"');
      rmSync(join(dir, "state"), { recursive: true });
      rmSync(join(dir, "out"), { recursive: true });
      await call("run promo.yaml --yes");
      expect(prompts().slice(3)).toEqual(prompts().slice(0, 3));
      expect(await timelineOf("promo")).toBe(timeline);
    },
  );

  test("comes back with --session, and goes on in the same session", { timeout: 30_000 }, async () => {
    await serve();
    await chat(["make a 1-second video of a sunset"], "--record talk.yaml");
    const { jobId, sessionId } = await idsOf("talk");
    const back = await chat(
      ["make it vertical", "/export mp4 low"],
      `--session ${sessionId} --record talk.yaml`,
    );
    expect(back.exitCode).toBe(0);
    expect(back.stderr).toContain("Back in talk (job_");
    expect((await idsOf("talk")).sessionId).toBe(sessionId);
    expect(service.ledger.sessions).toHaveLength(1);
    const third = await chat(["status"], `--session ${jobId}`);
    expect(third.stderr).toContain("2 requests, 1 export.");
    // Where it stands is said, and that it is not recorded; not the greeting.
    expect(third.stderr).toMatch(
      /2 requests so far.*\nTimeline \(.*\nLast request: make it vertical\n.*unrecorded/,
    );
    expect(back.stderr).not.toContain("unrecorded");
    expect((await call("run talk.yaml")).stderr).toContain("up to date");
    expect(prompts()).toHaveLength(2);
  });

  test(
    "what changed nothing and cost nothing is left out; what is recorded is up to date",
    { timeout: 30_000 },
    async () => {
      await serve();
      const [first, second] = ["make a 1-second video of a sunset", "make it vertical"];
      // Said twice in a row, it is sent twice: each may be an answer to another question.
      const said = [first, "mhm", second, "blargh", "blargh", "hm"];
      const { exitCode } = await chat([...said, "/export mp4 low"], "--record talk.yaml");
      expect(exitCode).toBe(0);
      expect(prompts()).toEqual(said);
      expect(service.ledger.sessions).toHaveLength(1);
      const recipe = readFileSync(join(dir, "talk.yaml"), "utf8");
      expect(recipe).toContain(
        "# Left out, because it changed nothing:\n#   mhm\n#   blargh\n#   blargh\n#   hm\n",
      );
      expect(recipe).toContain(`prompts:\n  - ${first}\n\nrefinements:\n  - ${second}\n\nexport:`);
      expect((await call("run talk.yaml")).stderr).toContain("up to date");
      const { jobId } = await idsOf("talk");
      await chat(["make it warmer"], `--session ${jobId} --record talk.yaml`);
      await call("run talk.yaml");
      expect(prompts()).toHaveLength(said.length + 1);
      expect(service.ledger.sessions).toHaveLength(1);
    },
  );

  test("the same first request finds what was made; --again makes it anew", { timeout: 30_000 }, async () => {
    await serve();
    await chat(["make a 1-second video of a sunset", "/export mp4 low"]);
    const second = await chat(["make a 1-second video of a sunset", "/export mp4 low"]);
    expect(second.stderr).toContain("You had this made before");
    expect(second.stdout).toBe("out/sunset.mp4\n");
    expect(prompts()).toHaveLength(1);
    await chat(["make a 1-second video of a sunset"], "--again");
    expect(prompts()).toHaveLength(2);
  });
});

/** As it stands after the last turn, in the service's summary form. */
async function timelineOf(name: string): Promise<string | undefined> {
  return (await call(`show ${name}`)).stdout.match(/Timeline \(.*/g)?.at(-1);
}

async function idsOf(name: string): Promise<{ jobId: string; sessionId: string }> {
  const { id, session } = JSON.parse((await call(`show ${name} --json`)).stdout) as {
    id: string;
    session: string;
  };
  return { jobId: id, sessionId: session };
}

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
    writeFileSync(join(dir, "notes.pdf"), "%PDF-1.4");
    writeFileSync(join(dir, "big.mp4"), "");
    truncateSync(join(dir, "big.mp4"), 300 * 1024 * 1024);
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
    const agreed = await chat(["make it vertical", "yes"], `--session ${jobId}`);
    expect(agreed.exitCode).toBe(0);
    expect(prompts().slice(sent)).toEqual(["make a 1-second video of a sunset", "make it vertical"]);
  });

  test("a recording is never written over another file", async () => {
    await serve();
    writeFileSync(join(dir, "mine.yaml"), "prompts: mine\n");
    expect(await chat(["make a video"], "--record mine.yaml")).toMatchObject({ exitCode: 2 });
    const { stderr } = await chat(["make a 1-second video of a sunset", "/save mine"]);
    expect(stderr).toContain("mine.yaml is there already");
    const back = await chat(["/save nowhere/mine"], `--session ${(await idsOf("sunset")).jobId}`);
    expect(back.stderr).toContain("nowhere/mine.yaml cannot be written");
    expect(existsSync(join(dir, "nowhere"))).toBe(false);
    expect(readFileSync(join(dir, "mine.yaml"), "utf8")).toBe("prompts: mine\n");
  });

  test.each(["missing/talk.yaml", "beach.jpg/talk.yaml", "folder.yaml"])(
    "a recording that cannot be written as %s is refused before anything is sent",
    async (file) => {
      await serve();
      mkdirSync(join(dir, "folder.yaml"));
      const { stderr, exitCode } = await chat(["make a 1-second video of a sunset"], `--record ${file}`);
      expect(stderr).toContain(`${file} cannot be written`);
      expect(exitCode).toBe(2);
      expect(prompts()).toEqual([]);
    },
  );

  test("the head of a local recording says --local", { timeout: 30_000 }, async () => {
    await serve();
    await chat(["make a 1-second video of a sunset"], "--local --record local.yaml");
    expect(readFileSync(join(dir, "local.yaml"), "utf8")).toMatch(/chat --session job_\w+ --local\n/);
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

describe("how it is said", () => {
  test("in Chinese, to who writes it", async () => {
    await serve();
    const { stderr, stdout } = await chat(["做一个1秒的日落视频", "状态", "导出"], "", {
      env: { LC_ALL: "zh_CN.UTF-8" },
    });
    expect(stderr).toContain("时间线上的变化：");
    expect(stderr).toContain("已导出并检查：out/chat.mp4");
    expect(stdout).toBe("out/chat.mp4\n");
    expect(prompts()).toEqual(["做一个1秒的日落视频"]);
  });

  test("a silent edit is told by what it changed", async () => {
    await serve("silent");
    const { stderr } = await chat(["make a 1-second video of a sunset", "make it vertical"]);
    expect(stderr).not.toContain("| ");
    expect(stderr).toContain("On the timeline:\n  picture: 1920×1080 → 1080×1920\n");
  });

  test("a question of the service is no failure", async () => {
    await serve("question@1");
    const { stderr, exitCode } = await chat(["hm", "make a 1-second video of a sunset"]);
    expect(stderr).toContain("There is no video yet");
    expect(exitCode).toBe(0);
    expect(prompts()).toContain("make a 1-second video of a sunset");
  });

  test("the link is fetched on request; no token is ever shown", async () => {
    await serve();
    const { stdout, stderr } = await chat(["make a 1-second video of a sunset", "give me the link"]);
    expect(stdout).toMatch(/\/workspace\/claim\?ct=clm_\w+\n$/);
    expect(stdout + stderr).not.toMatch(/nmv_|token=/);
  });

  test("--json has the events on stdout", async () => {
    await serve();
    const { stdout } = await chat(["make a 1-second video of a sunset"], "--json");
    const types = stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(
      expect.arrayContaining(["run-started", "turn-sending", "turn-settled", "run-finished"]),
    );
  });

  test("files among the arguments go along with the first request; alone, a request is offered", async () => {
    await serve();
    const offered = await callCli(["chat", "beach.jpg", "my photos"], {
      cwd: dir,
      stdin: "yes\n",
      env: { NEMO_RECIPE_STATE_DIR: join(dir, "state"), NEMO_API_URL: service.url },
    });
    expect(offered.stderr).toContain("Ready, goes along with your next request: beach.jpg, sea (1).jpg");
    expect(offered.exitCode).toBe(0);
    expect(service.ledger.turns).toHaveLength(1);
    expect(await chat([], "nowhere.jpg")).toMatchObject({ exitCode: 2 });
  });

  test("--max-credits is the limit of the whole conversation", async () => {
    await serve();
    const { exitCode } = await chat(
      ["make a 1-second video of a sunset", "make it vertical"],
      "--max-credits 150",
    );
    expect(exitCode).toBe(3);
    expect(prompts()).toHaveLength(1);
  });
});
