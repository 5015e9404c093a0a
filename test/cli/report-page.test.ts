import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JobState } from "../../src/job/state.ts";
import { usualPage } from "../../src/cli/page/usual-page.ts";
import { hrefFrom } from "../../src/cli/page/media-beside-page.ts";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { drawFrames } from "../../src/files/draw-frames.ts";
import { findFfmpeg } from "../../src/emulator/find-ffmpeg.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli, CallOptions } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let service: Emulator;
let dir = "";
beforeAll(async () => {
  service = await startEmulator({ workMs: 50, pace: 0.2 });
});
afterAll(() => service.close());
beforeEach(() => {
  dir = tempDir();
});

const quick = "export: { quality: low }\npoll: { state: 40ms, render: 1s }\n";
const put = (name: string, text: string): void => writeFileSync(join(dir, name), text);
const read = (name: string): string => readFileSync(join(dir, name), "utf8");
const call = (args: string, options: Partial<CallOptions> = {}): Promise<CalledCli> =>
  callAt({ dir, apiUrl: service.url, token: "nmv_local_page" }, args, options);

describe("run --report", () => {
  test("tells what was made and what failed, also of jobs that are up to date", async () => {
    put("good.yaml", `prompts: make a 1-second video of <b>cups</b>\n${quick}`);
    put("bad.yaml", `prompts: make a 1-second video\nexpect: { duration: 9s }\n${quick}`);
    expect((await call("run good.yaml")).exitCode).toBe(0);
    const ran = await call("run good.yaml bad.yaml --yes --report pages/report.html");
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain("report: pages/report.html\n");
    const page = read("pages/report.html");
    expect(page).toMatch(/<video[^>]*src="\.\.\/out\/good\.mp4"/);
    expect(page).toMatch(/<video[^>]*src="\.\.\/out\/bad\.unmet\.mp4"/);
    expect(page).toMatch(/poster="data:image\/jpeg;base64,[A-Za-z0-9+/]{500}/);
    expect(page).toContain("make a 1-second video of &lt;b&gt;cups&lt;/b&gt;");
    expect(page).toContain("<code>expectation-unmet</code>");
    expect(page).not.toContain("nmv_local_page");
  });

  test("is written when the run is interrupted, with the jobs that were not begun", async () => {
    put(
      "slow.yaml",
      `concurrency: 1\nmatrix: { mood: [calm, wild, sad] }\nprompts: make a 1-second \${{ matrix.mood }} video\n${quick}`,
    );
    let signalled = false;
    const stopped = await call("run slow.yaml --yes --report report.html", {
      onOutput: (text, act) => {
        if (signalled || !text.includes("turn: ")) return;
        signalled = true;
        act.signal();
      },
    });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toContain("report: report.html");
    const page = read("report.html");
    expect(page).toContain(", exit 130");
    expect(page).toContain("not yet sent");
  });

  test.each([
    ["run one.yaml --report one.yaml", "a report is a page, and its name ends with .html"],
    ["run one.yaml --report mine.html", "there is a file of that name, and it is no report"],
    ["run one.yaml --report folder.html", "there is a folder of that name"],
    ["show one --html mine.html", "there is a file of that name, and it is no report"],
    ["show one --html --json", "--html and --json exclude each other"],
    ["show one --html --claim", "--html and --claim exclude each other"],
  ])("%s: exit 2, and nothing is sent", async (line, says) => {
    put("one.yaml", `prompts: make a 1-second video\n${quick}`);
    put("mine.html", "<p>mine");

    const before = service.ledger.turns.length;
    if (line.startsWith("show one --html mine")) await call("run one.yaml --local");

    mkdirSync(join(dir, "folder.html"));
    const refused = await call(line);
    expect(refused.stderr).toContain(says);
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(service.ledger.turns.length).toBe(before);
    expect(read("mine.html")).toBe("<p>mine");
  });
});

describe("show --html", () => {
  test("writes a run or a job, prints where, and replaces an earlier page", async () => {
    put("promo.yaml", `prompts: make a 1-second video\n${quick}`);
    await call("run promo.yaml");
    expect(await call("show promo --html")).toMatchObject({ exitCode: 0, stdout: "out/promo.html\n" });
    const first = read("out/promo.html");
    expect(first).toMatch(/src="\.\/promo\.mp4"/);
    expect(first).toMatch(/href="https?:\/\/[^"]+\/workspace\/task\/task_\w+\?session=\d{19}"/);
    rmSync(join(dir, "out/promo.mp4"));
    expect((await call("show promo --html")).exitCode).toBe(0);
    expect(read("out/promo.html")).toContain("not where it was delivered any more");
    const [run] = (await call("runs --json")).stdout.split("\n");
    const { runId } = JSON.parse(run ?? "") as { runId: string };
    expect((await call(`show ${runId} --html`)).stdout).toBe(`out/${runId}.html\n`);
    expect(existsSync(join(dir, `out/${runId}.html`))).toBe(true);
    expect((await call("show promo --html here.html")).stdout).toBe("here.html\n");
    expect(read("here.html")).toContain("out/promo.mp4");
  });
});

test.each([
  [[["/a", "/a/out/x.mp4", "/a/out/y.gif"]], "/a/out/promo.html"],
  [[["/a", "/a/out/x/1.mp4", "/a/out/y/1.mp4"]], "/a/out/promo.html"],
  [
    [
      ["/a", "/a/out/1.mp4"],
      ["/a", "/a/out/more/2.mp4"],
    ],
    "/a/out/promo.html",
  ],
  [
    [
      ["/a/b", "/a/b/1.mp4"],
      ["/a/c", "/a/c/2.mp4"],
    ],
    "/here/promo.html",
  ],
  [[["/a"]], "/here/promo.html"],
])("the page of %j is %s", (jobs, page) => {
  const states = jobs.map(([outDir = "", ...paths]) => ({
    plan: { outDir },
    exports: new Map(paths.map((path) => [path, { delivered: { path } }])),
  }));
  expect(usualPage("promo", states as unknown as readonly JobState[], "/here")).toBe(page);
});

test.each([
  ["/a", "/a/out/x.mp4", "./out/x.mp4"],
  ["/a/pages", "/a/out/x.mp4", "../out/x.mp4"],
  ["/a", '/a/a b"<c>#?%.mp4', "./a%20b%22%3Cc%3E%23%3F%25.mp4"],
  ["/a", "/a/javascript:alert(1).mp4", "./javascript%3Aalert(1).mp4"],
  ["/a", "/a/\ud800日.mp4", "./%EF%BF%BD%E6%97%A5.mp4"],
])("from %s to %s", (folder, path, href) => {
  expect(hrefFrom(folder, path)).toBe(href);
});

describe("frames of a video", () => {
  const video = { durationMs: 1000, columns: 1, rows: 1, width: 64 };

  test("are a JPEG, whatever the file is called", async () => {
    put("promo.yaml", `prompts: make a 1-second video\n${quick}`);
    expect((await call("run promo.yaml")).exitCode).toBe(0);
    const { path: ffmpegPath = "" } = (await findFfmpeg()) ?? {};
    const path = join(dir, "-a: b%03d?.mp4");
    copyFileSync(join(dir, "out/promo.mp4"), path);
    for (const sheet of [video, { ...video, columns: 3, rows: 2 }]) {
      const jpeg = await drawFrames({ path, durationMs: 1000, ffmpegPath }, sheet);
      expect(jpeg?.subarray(0, 3).toString("hex")).toBe("ffd8ff");
    }
  });

  test.each([
    ["no ffmpeg", "promo.mp4", "/nowhere/ffmpeg"],
    ["no video", "promo.yaml", undefined],
    ["no file", "none.mp4", undefined],
  ])("%s: none", async (_, name, program) => {
    put("promo.yaml", "prompts: x\n");
    const { path = "" } = (await findFfmpeg()) ?? {};
    const made = drawFrames({ path: join(dir, name), durationMs: 1000, ffmpegPath: program ?? path }, video);
    await expect(made).resolves.toBeUndefined();
  });
});
