import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmulator, type Emulator } from "../../../src/emulator/start-emulator.ts";
import { proven } from "../../support/proven.ts";
import { runCli, type CliResult } from "../../support/run-cli.ts";
import { clip, desk, news, type Desk } from "./desk.ts";

let service: Emulator;
beforeEach(async () => {
  service = await startEmulator({ workMs: 20, pace: 0.1, credits: 100_000 });
});
afterEach(() => service.close());

type Kill = (signal: NodeJS.Signals) => void;

/** A process of its own: each step is a text that is waited for, and what is done then. */
function up({ cwd }: Desk, steps: readonly (readonly [string, (kill: Kill) => void])[]): Promise<CliResult> {
  let heard = "";
  let at = 0;
  return runCli(["up"], {
    cwd,
    env: { NEMO_API_URL: service.url, NEMO_RECIPE_STATE_DIR: join(cwd, "state") },
    onOutput: (text, kill) => {
      heard += text;
      for (let step = steps[at]; step !== undefined && heard.includes(step[0]); step = steps[at]) {
        heard = heard.slice(heard.indexOf(step[0]) + step[0].length);
        at += 1;
        step[1](kill);
      }
    },
  });
}

const wait = (ms: number, act: () => void): void => void setTimeout(act, ms);

describe.skipIf(process.platform === "win32")("signals", () => {
  it("SIGHUP reads all again, SIGTERM ends it with 130", async () => {
    const here = desk({});
    here.photo("inbox/a.jpg", 1);
    const { exitCode, stdout, stderr } = await up(here, [
      ["out/a.mp4", () => here.put("clip.yaml", clip("photo", "watch: { folder: inbox, nope: 1 }"))],
      ["what was read before goes on", (kill) => kill("SIGHUP")],
      ["what was read before goes on", () => here.put("clip.yaml", clip())],
      // What was refused is as it was before: nothing is new, and only who asks is told.
      ["", (kill) => wait(1_500, () => kill("SIGHUP"))],
      ["were read again", (kill) => kill("SIGTERM")],
    ]);
    expect([exitCode, stdout], stderr).toEqual([130, "out/a.mp4\n"]);
  });

  it("SIGTERM while a turn runs: it is left to the service, and the next start takes what it made", async () => {
    const here = desk({});
    here.photo("inbox/a.jpg", 1);
    const first = await up(here, [["| Your 1-second video", (kill) => kill("SIGTERM")]]);
    expect(first.exitCode, first.stderr).toBe(130);
    const second = await up(here, [["out/a.mp4", (kill) => wait(200, () => kill("SIGINT"))]]);
    expect(second.stdout, second.stderr).toBe("out/a.mp4\n");
    expect(second.stderr).toContain("1 job not finished: nemo-recipe status shows");
    expect(service.ledger.turns.length).toBe(1);
  });

  it("twice: at once", async () => {
    const here = desk({});
    await service.close();
    here.photo("inbox/a.jpg", 1);
    const { exitCode } = await up(here, [
      ["cannot be reached", (kill) => kill("SIGTERM")],
      ["Stopping", (kill) => kill("SIGTERM")],
    ]);
    expect(exitCode).toBe(130);
  });
});

it("a second one by the same config says that there is a first one", async () => {
  const here = desk({ NEMO_API_URL: service.url });
  let second = Promise.resolve({ stderr: "" });
  const first = await here.up([
    [
      "Watching",
      ({ signal }) => {
        second = here.up([["Another `up` works by"]]);
        void second.finally(() => signal());
      },
    ],
    ["what nobody says"],
  ]);
  expect(first.stderr).not.toContain("Another `up`");
  expect((await second).stderr).toContain(join(here.cwd, "nemo-recipe.config.yaml"));
});

it("two at once on one state folder: each slot once, each file once", async () => {
  const here = desk({}, "up: [clip.yaml, news.yaml]\nbudget: { perDay: 90000 }");
  here.put("news.yaml", news(2));
  for (let number = 1; number <= 6; number++) here.photo(`inbox/${number}.jpg`, number);
  // Both are stopped when both are at work and all is made that is to be made once, whoever makes it.
  const heard = ["", ""];
  const kills: Kill[] = [];
  let areStopped = false;
  const start = (nth: 0 | 1): Promise<CliResult> =>
    runCli(["up"], {
      cwd: here.cwd,
      env: { NEMO_API_URL: service.url, NEMO_RECIPE_STATE_DIR: join(here.cwd, "state") },
      onOutput: (text, kill) => {
        heard[nth] += text;
        kills[nth] = kill;
        const done = (what: RegExp): number => [...heard.join("\n").matchAll(what)].length;
        if (areStopped || !heard.every((one) => one.includes("Watching"))) return;
        if (done(/^clip-\d: done in/gm) < 6 || done(/^news-\S+: done in/gm) < 2) return;
        areStopped = true;
        for (const each of kills) each("SIGINT");
      },
    });
  const both = await Promise.all([start(0), start(1)]);
  const told = both.map(({ stderr }) => stderr).join("\n");
  expect(
    both.map(({ exitCode }) => exitCode),
    told,
  ).toEqual([130, 130]);
  const videos = both.flatMap(({ stdout }) => stdout.split("\n").filter((path) => path !== ""));
  const clips = videos.filter((path) => !path.includes("news"));
  expect(clips.toSorted(), told).toEqual([1, 2, 3, 4, 5, 6].map((number) => `out/${number}.mp4`));
  const slots = [...told.matchAll(/▸ (news@\S+) starts/g)].map(([, slot]) => slot);
  expect(slots.length, told).toBeGreaterThan(1);
  expect(new Set(slots).size, told).toBe(slots.length);
  // The last turn may have been told and, stopped, never sent.
  const prompts = service.ledger.turns.map(({ text }) => text);
  const ofNews = prompts.filter((text) => !text.includes("photo"));
  expect([prompts.length - ofNews.length, ofNews.toSorted()], told).toEqual([
    6,
    [...new Set(ofNews)].toSorted(),
  ]);
  proven(
    "S1",
    `two of \`up\` at once on one journal: ${slots.length} slots and ${clips.length} files, each once`,
  );
});
