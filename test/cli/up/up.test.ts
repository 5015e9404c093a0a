import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmulator, type Emulator } from "../../../src/emulator/start-emulator.ts";
import { ownPort } from "../../support/own-port.ts";
import { clip, desk, news, type Desk } from "./desk.ts";

let service: Emulator;
beforeEach(async () => {
  service = await startEmulator({ workMs: 20, pace: 0.1, credits: 100_000 });
});
afterEach(() => service.close());

const open = (config?: string): Desk => desk({ NEMO_API_URL: service.url }, config);
/** The prompts that were sent, as they were told. */
const promptsIn = (stderr: string): string[] =>
  [...stderr.matchAll(/turn: "(.*)"/g)].map(([, text = ""]) => text);
const both = "up: [clip.yaml, news.yaml]\nbudget: { perDay: 9000 }\nconcurrency: 1";

describe("what is wrong ends it before anything is sent", () => {
  it.each<[string, number, string, (here: Desk) => void, readonly string[]]>([
    [
      "no config",
      2,
      "no config file here that names recipes for up",
      ({ cwd }) => rmSync(join(cwd, "nemo-recipe.config.yaml")),
      [],
    ],
    [
      "a config without recipes",
      2,
      "it names no recipes for up",
      ({ put }) => put("nemo-recipe.config.yaml", "concurrency: 2"),
      [],
    ],
    [
      "a recipe that is not there",
      2,
      "none.yaml",
      ({ put }) => put("nemo-recipe.config.yaml", "up: none.yaml"),
      [],
    ],
    [
      "a recipe that is wrong",
      2,
      "clip.yaml:4:1: unknown-key",
      ({ put }) => put("clip.yaml", clip("photo", "wach: {}")),
      [],
    ],
    [
      "nothing to do",
      2,
      "there is neither a watch nor a schedule",
      ({ put }) => put("clip.yaml", clip("photo", "").replace("input.stem", "recipe.name")),
      [],
    ],
    [
      "a cron line that never fires",
      2,
      "clip.yaml:4:19",
      ({ put }) => put("clip.yaml", news(1).replace("*/1 * * * * *", "0 0 31 2 *")),
      [],
    ],
    [
      "two recipes of one name",
      2,
      "are both called clip",
      ({ put }) => {
        put("nemo-recipe.config.yaml", "up: [clip.yaml, other.yaml]\nbudget: 900");
        put("other.yaml", clip());
      },
      [],
    ],
    [
      "videos that land in the inbox",
      2,
      "its videos would land in",
      ({ put }) => put("clip.yaml", clip().replace('"out/', '"inbox/')),
      [],
    ],
    [
      "no budget",
      3,
      "would spend credits unattended, and has no limit",
      ({ put }) => put("nemo-recipe.config.yaml", "up: clip.yaml"),
      [],
    ],
    [
      "health for other machines",
      2,
      "0.0.0.0:9000 is no address on loopback",
      () => undefined,
      ["--health", "0.0.0.0:9000"],
    ],
  ])("%s: exit %i", async (_what, code, words, make, args) => {
    const here = open();
    make(here);
    const { exitCode, stderr, stdout } = await here.up([["Watching"]], ...args);
    expect([exitCode, stdout], stderr).toEqual([code, ""]);
    expect(stderr).toContain(words);
    expect(service.ledger.requests.length).toBe(0);
  });

  it("a port that is taken: exit 1", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { exitCode, stderr } = await open().up([["Watching"]], "--health", String(port));
    other.close();
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(`port-taken: port ${port} on 127.0.0.1 is taken`),
    ]);
  });
});

it("watches and schedules together, in one queue, until Ctrl-C", async () => {
  const here = open(both);
  here.put("news.yaml", news(1));
  here.photo("inbox/a.jpg", 1);
  const { exitCode, stdout, stderr } = await here.up([["out/a.mp4"], ["out/news-"]]);
  expect(exitCode, stderr).toBe(130);
  expect(stdout).toMatch(/^out\/a\.mp4$/m);
  expect(stderr).toContain("1 entry on schedule; next: news ");
  expect(new Set(promptsIn(stderr)).size).toBe(promptsIn(stderr).length);
});

it("tells of each two recipes once that watch the same files", async () => {
  const here = open("up: [clip.yaml, second.yaml, third.yaml]\nbudget: { perDay: 9000 }");
  for (const name of ["second", "third"])
    here.put(`${name}.yaml`, clip().replace("name: clip", `name: ${name}`).replace("out/", `${name}/`));
  const { exitCode, stderr } = await here.up([["Watching"], ["Watching"], ["Watching"]]);
  expect([exitCode, stderr.split("watch the same files").length - 1]).toEqual([130, 3]);
});

describe("what changes is read again", () => {
  it("new work follows the new edition; one that is wrong leaves the last at work, and says where it is wrong", async () => {
    const here = open();
    here.photo("inbox/a.jpg", 1);
    const { stderr } = await here.up([
      ["out/a.mp4", () => here.put("clip.yaml", clip("photo in blue"))],
      ["clip.yaml was read again", () => here.photo("inbox/b.jpg", 2)],
      ["out/b.mp4", () => here.put("clip.yaml", clip("photo in red", "watch: { folder: inbox, setle: 1s }"))],
      ["what was read before goes on", () => here.photo("inbox/c.jpg", 3)],
      ["out/c.mp4", () => here.put("clip.yaml", clip("photo in green"))],
      ["clip.yaml was read again", () => here.photo("inbox/d.jpg", 4)],
      ["out/d.mp4"],
    ]);
    const texts = ["photo", "photo in blue", "photo in blue", "photo in green"];
    expect(promptsIn(stderr), stderr).toEqual(texts.map((text) => `make a 1-second video of my ${text}`));
    expect(stderr).toContain("clip.yaml:4:25: unknown-key");
    expect(stderr).toContain("did you mean `settle`");
  });

  it("a config that names another recipe, and no longer the first", async () => {
    const here = open();
    here.put("news.yaml", news(1));
    const { stderr, exitCode } = await here.up([
      [
        "Watching",
        () => here.put("nemo-recipe.config.yaml", "up: [clip.yaml, news.yaml, none.yaml]\nbudget: 900"),
      ],
      ["none.yaml is not taken as it is now", () => undefined],
      [
        "out/news-",
        () => here.put("nemo-recipe.config.yaml", "up: [news.yaml]\nbudget: 900\nbackend: local"),
      ],
      ["backend in the config: another value is taken at the next start"],
      ["clip: nothing more is taken up of it", () => here.put("nemo-recipe.config.yaml", "up: [news.yaml]")],
      ["would spend credits unattended"],
      ["what was read before goes on"],
      ["out/news-"],
    ]);
    expect(exitCode, stderr).toBe(130);
    expect(stderr).toContain("news: it is taken up (news.yaml)");
  });

  it("SIGHUP: all is read again, and it is said", async () => {
    const here = open();
    const { exitCode, stderr } = await here.up([
      ["Watching", ({ hangUp }) => hangUp()],
      ["Config and 1 recipe were read again."],
    ]);
    expect(exitCode, stderr).toBe(130);
  });
});

describe("trouble of one is nobody else's", () => {
  it("a folder that is not there yet, vanishes and comes back pauses its own watch only", async () => {
    const here = open(both);
    here.put("news.yaml", news(1));
    renameSync(join(here.cwd, "inbox"), join(here.cwd, "drive"));
    const { stderr, stdout } = await here.up([
      ["inbox is not there: its watch begins when it is"],
      ["out/news-", () => renameSync(join(here.cwd, "drive"), join(here.cwd, "inbox"))],
      ["Watching", () => here.photo("inbox/a.jpg", 1)],
      ["out/a.mp4", () => renameSync(join(here.cwd, "inbox"), join(here.cwd, "drive"))],
      ["is gone: the watch pauses until it is back"],
      ["out/news-", () => mkdirSync(join(here.cwd, "inbox"))],
      ["is back: the watch goes on", () => here.photo("inbox/b.jpg", 2)],
      ["out/b.mp4"],
    ]);
    expect(stdout, stderr).toContain("out/b.mp4");
  });

  it("a recipe whose every job fails leaves the other at work", async () => {
    const here = open(both);
    here.put("news.yaml", news(1).replace("export:", "expect: { duration: 40s }\nexport:"));
    const { stderr } = await here.up([
      ["ended with exit code 1", () => here.photo("inbox/a.jpg", 1)],
      ["out/a.mp4"],
    ]);
    expect(stderr).toContain("make a 1-second video of my photo");
  });
});

it("a service that is away at the start is waited for, and everything is made when it is there", async () => {
  const port = await ownPort();
  const here = desk({ NEMO_API_URL: `http://127.0.0.1:${port}` });
  here.photo("inbox/a.jpg", 1);
  const { stderr, stdout, exitCode } = await here.up([
    ["cannot be reached", () => void restart(port)],
    ["The service answers again"],
    ["out/a.mp4"],
  ]);
  expect([exitCode, stdout], stderr).toEqual([130, "out/a.mp4\n"]);
  expect(stderr.split("Work waits").length).toBe(2);
});

async function restart(port: number): Promise<void> {
  await service.close();
  service = await startEmulator({ workMs: 20, pace: 0.1, credits: 100_000, port });
}

it("--json tells of recipes, slots and runs, each as an event", async () => {
  const here = open("up: news.yaml\nbudget: 900");
  here.put("news.yaml", news(1));
  const { stdout } = await here.up([['"slot-finished"']], "--json");
  const types = stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly type: string }).type);
  expect(types.slice(0, 3)).toEqual(["recipe-loaded", "slot-started", "run-started"]);
  expect(types).toContain("run-finished");
  expect(existsSync(join(here.cwd, "out"))).toBe(true);
});
