// Whole conversations with the emulator, down a pipe. The oracle is the emulator's ledger: what it was sent and charged.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callCli } from "../../support/call-cli.ts";
import { conversing } from "./conversing.ts";

const at = conversing();
const { serve, call, chat, prompts, idsOf, timelineOf } = at;

describe("a recorded conversation", () => {
  test("makes, changes, exports; its recipe is up to date, and makes the same elsewhere", async () => {
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
    // It is kept as a recipe already.
    expect(stderr).toContain("Next: say what to change; the recipe");
    expect(stderr).not.toContain("/save");
    expect(exitCode).toBe(0);
    expect(stdout).toBe("out/promo.mp4\n");
    // Nothing but the three requests went to the service.
    expect(prompts()).toEqual([
      "make a 1-second video of beach.jpg",
      "add the logo at the end: logo.jpg",
      'make it 1 second long, with the title "Sea"',
    ]);
    const recipe = readFileSync(join(at.dir, "promo.yaml"), "utf8");
    expect(recipe).toContain("inputs:\n  - beach.jpg\n");
    expect(recipe).toContain("    inputs:\n      - logo.jpg\n");
    const again = await call("run promo.yaml");
    expect(again.stderr).toContain("up to date");
    expect(prompts()).toHaveLength(3);
    writeFileSync(join(at.dir, "again.yaml"), (await call("show promo --as-recipe")).stdout);
    expect((await call("run again.yaml")).stderr).toContain("up to date");
    const timeline = await timelineOf("promo");
    expect(timeline).toContain('Title: "Sea"');
    rmSync(join(at.dir, "state"), { recursive: true });
    rmSync(join(at.dir, "out"), { recursive: true });
    await call("run promo.yaml --yes");
    expect(prompts().slice(3)).toEqual(prompts().slice(0, 3));
    expect(await timelineOf("promo")).toBe(timeline);
  });

  test("comes back with --session, and goes on in the same session", async () => {
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
    expect(at.service.ledger.sessions).toHaveLength(1);
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

  test("what changed nothing and cost nothing is left out; what is recorded is up to date", async () => {
    await serve();
    const [first, second] = ["make a 1-second video of a sunset", "make it vertical"];
    // Said twice in a row, it is sent twice: each may be an answer to another question.
    const said = [first, "mhm", second, "blargh", "blargh", "hm"];
    const { exitCode } = await chat([...said, "/export mp4 low"], "--record talk.yaml");
    expect(exitCode).toBe(0);
    expect(prompts()).toEqual(said);
    expect(at.service.ledger.sessions).toHaveLength(1);
    const recipe = readFileSync(join(at.dir, "talk.yaml"), "utf8");
    expect(recipe).toContain(
      "# Left out, because it changed nothing:\n#   mhm\n#   blargh\n#   blargh\n#   hm\n",
    );
    expect(recipe).toContain(`prompts:\n  - ${first}\n\nrefinements:\n  - ${second}\n\nexport:`);
    expect((await call("run talk.yaml")).stderr).toContain("up to date");
    const { jobId } = await idsOf("talk");
    await chat(["make it warmer"], `--session ${jobId} --record talk.yaml`);
    await call("run talk.yaml");
    expect(prompts()).toHaveLength(said.length + 1);
    expect(at.service.ledger.sessions).toHaveLength(1);
  });

  test("the same first request finds what was made; --again makes it anew", async () => {
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

describe("how it is said", () => {
  test("a preview is to be looked at: no result, and no part of the recording", async () => {
    await serve();
    const said = ["make a 1-second video of a sunset", "/preview", "make it warmer", "/preview"];
    const { stderr, stdout, exitCode } = await chat(said, "--record talk.yaml");
    expect(stderr.match(/A small preview to look at: out\/talk\.preview\.mp4/g)).toHaveLength(2);
    expect([stdout, exitCode]).toEqual(["", 0]);
    expect(existsSync(join(at.dir, "out/talk.preview.mp4"))).toBe(true);
    const { jobId } = await idsOf("talk");
    await chat(["make it colder"], `--session ${jobId} --record talk.yaml`);
    expect(readFileSync(join(at.dir, "talk.yaml"), "utf8")).not.toContain("preview");
  });

  test("in Chinese, to who writes it", async () => {
    await serve();
    const { stderr, stdout } = await chat(["做一个1秒的日落视频", "状态", "导出"], "", {
      env: { LC_ALL: "zh_CN.UTF-8" },
    });
    expect(stderr).toContain("时间线上的变化：");
    expect(stderr).toMatch(/时间线（\d 条轨道） 1\. 视频：/);
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
    const { stderr, exitCode } = await chat([
      "no",
      "hm",
      "yes",
      "make a 1-second video of a sunset",
      "exprot",
    ]);
    expect(stderr).toContain("There is no video yet");
    // Nothing was asked before the first request; what the service asks is answered with a yes.
    expect(stderr).toMatch(/^There is no open question; nothing was sent\.$/m);
    expect(stderr).toContain("Did you mean /export? Nothing was sent");
    expect(exitCode).toBe(2);
    expect(prompts()).toEqual(["yes", "make a 1-second video of a sunset"]);
  });

  test("a question before there is a video is answered in its session, also when one comes back", async () => {
    await serve("question@1");
    const [first, second] = ["make a 1-second video of ./beach.jpg", "calm"];
    await chat([first], "--record talk.yaml");
    const { jobId } = await idsOf("talk");
    const back = await chat([second], `--session ${jobId} --record talk.yaml`);
    expect(back.stderr).toContain("Next: say what to change");
    expect(at.service.ledger.sessions).toHaveLength(1);
    const recipe = readFileSync(join(at.dir, "talk.yaml"), "utf8");
    expect(recipe).toContain("prompts:\n  - make a 1-second video of beach.jpg\n\nrefinements:\n  - calm\n");
    expect((await call("plan talk.yaml")).stdout).toContain("0 of 2 turns to send");
    expect(prompts()).toEqual([second]);
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
      cwd: at.dir,
      stdin: "yes\n",
      env: { NEMO_RECIPE_STATE_DIR: join(at.dir, "state"), NEMO_API_URL: at.service.url },
    });
    expect(offered.stderr).toContain("Ready, goes along with your next request: beach.jpg, sea (1).jpg");
    expect(offered.exitCode).toBe(0);
    expect(at.service.ledger.turns).toHaveLength(1);
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
