// `notify` from the command line: who hears what of run, retry, resume, watch and tick, and that no run suffers from it.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import type { Notice } from "../../src/report/notice.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli, CallOptions } from "../support/call-cli.ts";
import { startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";
import { markSeen } from "../support/mark-seen.ts";
import { tempDir } from "../support/temp-dir.ts";

const picture = fileURLToPath(new URL("../fixtures/media/picture.jpg", import.meta.url));
const key = "canary-key-0123456789abcdef";
let service: Emulator;
let hooks: LoopbackServer;
/** What the receiver answers. */
let status = 204;
let dir = "";
beforeAll(async () => {
  service = await startEmulator({ workMs: 20, pace: 0.1, credits: 100_000 });
  hooks = await startLoopbackServer((_, response) => {
    response.writeHead(status, { location: "https://elsewhere.invalid/" });
    response.end("no");
  });
});
afterAll(async () => {
  await service.close();
  await hooks.close();
});
beforeEach(() => {
  hooks.seen.length = 0;
  status = 204;
  dir = tempDir();
});

const timing = `poll: { state: 40ms, render: 900ms }
timeouts: { change: 5s }
export: { quality: low }
`;
const put = (text: string, name = "promo.yaml"): void => writeFileSync(join(dir, name), text + timing);
const call = (args: string, more: Partial<CallOptions> = {}): Promise<CalledCli> =>
  callAt({ dir, apiUrl: service.url }, args, {
    ...more,
    env: { HOOK: `${hooks.url}/${key}`, ...more.env },
  });
const notices = (): Notice[] => hooks.seen.map(({ text }) => JSON.parse(text) as Notice);
const all = "[failed, finished, needs-you, budget]";
const hook = (on = all): string => `env: [HOOK]\nnotify: { on: ${on}, webhook: "\${{ env.HOOK }}" }\n`;
const video = "prompts: make a 1-second video\n";
const unmet = `${video}expect: { duration: 30s }\n`;

/** Everything that was printed or kept on disk. */
function written(...calls: readonly CalledCli[]): string {
  const files = readdirSync(join(dir, "state"), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"));
  return [...calls.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...files].join("\n");
}

describe("run", () => {
  test("of several jobs is one message; the address is nowhere to be read", async () => {
    put(`${hook()}matrix: { tone: [calm, loud, odd] }\nprompts: make a 1-second \${{ matrix.tone }} video\n`);
    const ran = await call("run promo.yaml --yes --log-file log.jsonl");
    expect([ran.exitCode, ran.stderr.includes("not told")], ran.stderr).toEqual([0, false]);
    expect(notices().map(({ title, on }) => ({ title, on }))).toEqual([
      { title: "promo: 3 done", on: ["finished"] },
    ]);
    expect(hooks.seen[0]?.path).toBe(`/${key}`);
    expect(written(ran) + readFileSync(join(dir, "log.jsonl"), "utf8")).not.toContain(key);
    expect((await call("run promo.yaml --yes")).exitCode).toBe(0);
    expect(hooks.seen).toHaveLength(1);
  });

  test.each([
    { says: "refuses", answer: 404, why: "it answered 404: no" },
    {
      says: "sends on",
      answer: 307,
      why: "it sends on to another address (307), which is not followed: name that one",
    },
  ])("keeps its exit code where the receiver $says, and says it once", async ({ answer, why }) => {
    status = answer;
    put(hook() + video);
    const ran = await call("run promo.yaml");
    expect([ran.exitCode, ran.stdout]).toEqual([0, "out/promo.mp4\n"]);
    expect(ran.stderr.match(/was not told.*/g)).toEqual([`was not told: ${why}`]);
    expect(ran.stderr).toContain(`webhook at ${new URL(hooks.url).host}`);
    expect(written(ran)).not.toContain(key);
  });

  test("tells only what was asked for", async () => {
    put(hook("failed") + video);
    expect((await call("run promo.yaml")).exitCode).toBe(0);
    expect(hooks.seen).toEqual([]);
  });

  test("an address that is none is said, and the video is made", async () => {
    put(hook() + video);
    const ran = await call("run promo.yaml", { env: { HOOK: "hooks.example.com" } });
    expect([ran.exitCode, ran.stdout]).toEqual([0, "out/promo.mp4\n"]);
    expect(ran.stderr).toContain(
      "webhook of promo.yaml:2 was not told: its address does not begin with https:// or http://",
    );
  });

  test("an address that speaks of the job gets each job by itself", async () => {
    put(
      `env: [HOOK]\nnotify: { on: finished, webhook: "\${{ env.HOOK }}/\${{ job.name }}/\${{ run.id }}/\${{ params.team }}" }
params: { team: red }\nmatrix: { tone: [calm, loud] }\nprompts: make a 1-second \${{ matrix.tone }} video\n`,
    );
    expect((await call("run promo.yaml --yes --param team=blue")).exitCode).toBe(0);
    expect(hooks.seen.map(({ path }) => path.replace(/run_\w+/, "run")).toSorted()).toEqual([
      `/${key}/promo-calm/run/blue`,
      `/${key}/promo-loud/run/blue`,
    ]);
    expect(notices().map(({ jobs }) => jobs.length)).toEqual([1, 1]);
  });
});

describe("jobs that go on", () => {
  test("retry and resume tell those whom the recipe names now", async () => {
    put(hook() + unmet);
    expect((await call("run promo.yaml")).exitCode).toBe(1);
    expect(notices()[0]).toMatchObject({ on: ["failed"], title: "promo: 1 failed" });
    expect(notices()[0]?.jobs[0]?.trouble?.code).toBe("expectation-unmet");
    expect((await call("retry")).exitCode).toBe(1);
    put(hook().replace("HOOK }}", "HOOK }}/new") + unmet);
    expect((await call("resume")).exitCode).toBe(1);
    expect(hooks.seen.map(({ path }) => path)).toEqual([`/${key}`, `/${key}`, `/${key}/new`]);
  });

  test("a recipe that is gone is said, and they go on", async () => {
    put(hook() + unmet);
    await call("run promo.yaml");
    writeFileSync(join(dir, "promo.yaml"), "no: [");
    const again = await call("retry");
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain("cannot be read any more: those whom it names are not told");
  });
});

describe("the config", () => {
  const config = `notify: { on: finished, webhook: "\${{ env.HOOK }}/config" }\n`;

  test("is told of recipes that name nobody", async () => {
    writeFileSync(join(dir, "nemo-recipe.config.yaml"), config);
    put(video);
    put(`${hook()}prompts: make a 2-second video\n`, "own.yaml");
    const ran = await call("run promo.yaml own.yaml --yes");
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(hooks.seen.map(({ path }) => path).toSorted()).toEqual([`/${key}`, `/${key}/config`]);
    expect(
      notices()
        .flatMap(({ recipes }) => recipes)
        .toSorted(),
    ).toEqual(["own", "promo"]);
  });

  test("a variable that is not set is said, and the video is made", async () => {
    writeFileSync(join(dir, "nemo-recipe.config.yaml"), config.replace("HOOK", "NOWHERE"));
    put(video);
    const ran = await call("run promo.yaml");
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toContain(
      "webhook of the config was not told: the environment variable NOWHERE is not set",
    );
  });
});

describe("unattended", () => {
  test("watch --once tells of all files in one message", async () => {
    mkdirSync(join(dir, "inbox"));
    for (const name of ["a", "b", "c"]) {
      cpSync(picture, join(dir, "inbox", `${name}.jpg`));
      writeFileSync(join(dir, "inbox", `${name}.jpg`), name, { flag: "a" });
    }
    put(`${hook()}prompts: make a 1-second video of my photo\nwatch: { folder: inbox, settle: 50ms }\n`);
    const watched = await call("watch promo.yaml --once --max-credits 900");
    expect(watched.exitCode, watched.stderr).toBe(0);
    expect(notices().map(({ title }) => title)).toEqual(["promo: 3 done"]);
  });

  const slots = { cron: "0 0 2 1 *", timezone: "Europe/Paris" };
  const past = `schedule: { cron: "${slots.cron}", timezone: ${slots.timezone}, within: 400d }\n`;
  /** Of the second of January that came last. */
  const year = new Date(Date.now() - 3 * 24 * 3_600_000).getUTCFullYear();
  const seen = (recipe: string): Promise<void> =>
    markSeen(join(dir, "state"), { recipe, ...slots, atMs: Date.UTC(year, 0, 1) });

  test("up tells of what ended before it was stopped", async () => {
    mkdirSync(join(dir, "inbox"));
    cpSync(picture, join(dir, "inbox", "a.jpg"));
    put(`${hook()}prompts: make a 1-second video of my photo\nwatch: { folder: inbox, settle: 50ms }\n`);
    writeFileSync(join(dir, "nemo-recipe.config.yaml"), "up: promo.yaml\n");
    const { exitCode, stderr } = await call("up --max-credits 900", {
      onOutput: (text, { signal }) => text.includes("promo-a: done in") && signal("SIGTERM"),
    });
    expect([exitCode, notices().map(({ title }) => title)], stderr).toEqual([130, ["promo: 1 done"]]);
  });

  test("tick tells of a slot that could not begin", async () => {
    put(`${hook()}inputs: gone/*.jpg\n${video}${past}`);
    await seen("promo");
    const ticked = await call("tick promo.yaml --max-credits 500");
    expect(ticked.exitCode, ticked.stderr).toBe(2);
    const [notice] = notices();
    expect(notice).toMatchObject({ on: ["failed"], title: "promo: could not begin", recipes: ["promo"] });
    expect(notice?.trouble?.message).toContain("gone/*.jpg");
  });

  test("tick tells of a budget without room", async () => {
    put(`${hook("budget")}${video}${past}`);
    put(`${hook("budget")}prompts: make a 2-second video\n${past}`, "other.yaml");
    for (const recipe of ["promo", "other"]) await seen(recipe);
    const { exitCode, stderr } = await call("tick promo.yaml other.yaml --max-credits 110");
    expect(exitCode, stderr).toBe(3);
    expect(notices().map(({ on }) => on)).toEqual([["budget"]]);
  });
});

describe("doctor", () => {
  test("lists where messages go by their hosts, and sends none unless it is asked to", async () => {
    put(hook("failed") + video);
    const { exitCode, stdout } = await call("doctor promo.yaml");
    const host = new URL(hooks.url).host;
    expect([exitCode, hooks.seen.length], stdout).toEqual([0, 0]);
    expect(stdout).toContain(`webhook at ${host} hears of failed`);
    expect(stdout).not.toContain(key);
    const tried = await call("doctor promo.yaml --notify");
    expect([tried.exitCode, hooks.seen.length], tried.stdout).toEqual([0, 1]);
    expect(tried.stdout).toContain("and took a message");
    expect(notices()[0]).toMatchObject({ on: [], jobs: [] });
    status = 404;
    const refused = await call("doctor promo.yaml --notify");
    expect([refused.exitCode, refused.stdout.includes("it answered 404")]).toEqual([1, true]);
  });

  test("says what is wrong with an address", async () => {
    put(hook() + video, "recipe.yaml");
    const { exitCode, stdout } = await call("doctor", { env: { HOOK: "nowhere" } });
    expect([exitCode, stdout.includes("does not begin with https://")], stdout).toEqual([1, true]);
  });
});
