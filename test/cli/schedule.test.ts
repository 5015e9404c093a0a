import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli, CallOptions } from "../support/call-cli.ts";
import { markSeen } from "../support/mark-seen.ts";
import { ownPort } from "../support/own-port.ts";
import { proven } from "../support/proven.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let service: Emulator;
let dir = "";
beforeEach(async () => {
  dir = tempDir();
  service = await startEmulator({ workMs: 20, pace: 0.1, credits: 10_000 });
});
afterEach(() => service.close());

const timing = `poll: { state: 40ms, render: 900ms }
timeouts: { change: 5s }
export: { quality: low }
`;
const template = (name: string): string => `\${{ ${name} }}`;
const put = (text: string, name = "promo.yaml"): void => writeFileSync(join(dir, name), text + timing);
const env = (): Record<string, string> => ({
  NEMO_RECIPE_STATE_DIR: join(dir, "state"),
  NEMO_API_URL: service.url,
});
const call = (args: string, more: Partial<CallOptions> = {}): Promise<CalledCli> =>
  callAt({ dir, apiUrl: service.url }, args, more);
const turns = (): number => service.ledger.turns.length;
const year = new Date(Date.now() - 3 * 24 * 3_600_000).getUTCFullYear();
/** Its last slot passed months ago, and counts for more than a year: where it was seen before, it is due. */
const newYear = `{ cron: "0 0 2 1 *", timezone: Europe/Paris, within: 400d }`;
const sawNewYear = (recipe = "promo"): Promise<void> =>
  markSeen(join(dir, "state"), {
    recipe,
    cron: "0 0 2 1 *",
    timezone: "Europe/Paris",
    atMs: Date.UTC(year, 0, 1),
  });
const prompt = `prompts: make a 1-second video of ${template("run.date")} at ${template("run.time")}\n`;

describe("tick", () => {
  test("starts a due slot once, by the clock of its zone, and with its params", async () => {
    put(`params: { city: Rome }
prompts: make a 1-second video of ${template("params.city")} on ${template("run.date")} at ${template("run.time")}
schedule: { cron: "0 9 2 1 *", timezone: Asia/Tokyo, within: 400d, params: { city: Tokyo } }
`);
    const seen = { cron: "0 9 2 1 *", timezone: "Asia/Tokyo", params: { city: "Tokyo" } };
    await markSeen(join(dir, "state"), { recipe: "promo", ...seen, atMs: Date.UTC(year, 0, 1) });
    const first = await call("tick promo.yaml --max-credits 500");
    expect(first, first.stderr).toMatchObject({ exitCode: 0, stdout: `out/promo-${year}-01-02-0900.mp4\n` });
    expect(first.stderr).toContain(`promo@${year}-01-02T09:00:00+09:00 starts`);
    expect(first.stderr).toContain(`Tokyo on ${year}-01-02 at 09:00`);
    expect(await call("tick promo.yaml --max-credits 500")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringMatching(/^nothing is due; next: promo \d{4}-01-02T09:00:00\+09:00\n$/) as string,
    });
    expect((await call("tick promo.yaml --max-credits 500 --quiet")).stderr).toBe("");
    expect(turns()).toBe(1);
  });

  test("S1: four processes that ask at once start one run", async () => {
    put(`${prompt}schedule: ${newYear}\n`);
    await sawNewYear();
    const ask = (): ReturnType<typeof runCli> =>
      runCli(["tick", "promo.yaml", "--max-credits", "500"], { cwd: dir, env: env() });
    const all = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(
      all.map(({ exitCode }) => exitCode),
      all.map(({ stderr }) => stderr).join("\n"),
    ).toEqual([0, 0, 0, 0]);
    expect(all.filter(({ stdout }) => stdout !== "")).toHaveLength(1);
    expect(turns()).toBe(1);
    proven("S1", "4 processes that ask at once on one journal: 1 start, 1 turn on the bill");
  });

  test("a slot that fails is told, and not started again", async () => {
    put(`inputs: photos/*.jpg\n${prompt}schedule: ${newYear}\n`);
    await sawNewYear();
    const first = await call("tick promo.yaml --max-credits 500");
    expect(first.exitCode).toBe(2);
    expect(first.stderr).toContain("photos/*.jpg");
    expect(first.stderr).toContain("ended with exit code 2");
    expect((await call("tick promo.yaml --max-credits 500")).exitCode).toBe(0);
    expect(turns()).toBe(0);
  });

  test("a slot that could not reach the service is left to the next tick, and made once", async () => {
    put(`${prompt}schedule: ${newYear}\n`);
    await sawNewYear();
    const away = await call("tick promo.yaml --max-credits 500", {
      env: { NEMO_API_URL: "http://127.0.0.1:1" },
    });
    expect(away.exitCode, away.stderr).toBe(1);
    expect(away.stderr).toContain("could not begin, and nothing was paid: the next tick starts it");
    expect(away.stderr).not.toMatch(/ starts\n/);
    const ask = (): Promise<CalledCli> => call("tick promo.yaml --max-credits 500");
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(both.filter(({ stdout }) => stdout !== "")).toHaveLength(1);
    expect((await ask()).stdout).toBe("");
    expect(turns()).toBe(1);
  });

  test("under CI an empty state folder is refused, unless it is meant to be", async () => {
    put(`${prompt}schedule: ${newYear}\n`);
    const refused = await call("tick promo.yaml --local", { env: { CI: "true" } });
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain("a lost journal pays again");
    expect(refused.stderr).toContain("Keep --state-dir between runs");
    expect(existsSync(join(dir, "out"))).toBe(false);
    const first = await call("tick promo.yaml --local --new-state", { env: { CI: "true" } });
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain("no slot before the last minute counts; next: promo@");
    expect(existsSync(join(dir, "out"))).toBe(false);
    expect((await call("tick promo.yaml --local", { env: { CI: "true" } })).exitCode).toBe(0);
  });
});

describe("unattended work that pays needs a limit", () => {
  test.each(["schedule", "tick"])("%s without one: exit 3, nothing is sent", async (command) => {
    put(`${prompt}schedule: ${newYear}\n`);
    const { exitCode, stderr } = await call(`${command} promo.yaml`);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining("--max-credits")]);
    expect(turns()).toBe(0);
  });

  test("a day's limit holds over slots, and a slot that it kept from beginning starts when there is room", async () => {
    put(`${prompt}schedule: ${newYear}\n`);
    put(`prompts: make a 2-second video\nschedule: ${newYear}\n`, "other.yaml");
    await sawNewYear();
    await sawNewYear("other");
    const { exitCode, stdout, stderr } = await call("tick promo.yaml other.yaml --max-credits 110");
    expect([exitCode, stdout.trim().split("\n").length, turns()], stderr).toEqual([3, 1, 1]);
    expect(stderr).toContain("could not begin, and nothing was paid: the next tick starts it");
    expect(stderr).not.toContain("--only");
    const topped = await call("tick promo.yaml other.yaml --max-credits 500");
    expect([topped.exitCode, topped.stdout.trim().split("\n").length, turns()], topped.stderr).toEqual([
      0, 1, 2,
    ]);
    expect((await call("tick promo.yaml other.yaml --max-credits 500")).stdout).toBe("");
  });
});

describe("schedule", () => {
  test("starts slots as they come until it is stopped", async () => {
    put(`${prompt}schedule: { cron: "* * * * * *", timezone: UTC }\n`);
    const { exitCode, stdout, stderr } = await call("schedule promo.yaml --max-credits 900", {
      onOutput: (text, { signal }) => text.includes("is done") && signal("SIGTERM"),
    });
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/^out\/promo-\d{4}-\d\d-\d\d-\d{4}(\d\d)?\.mp4\n/);
    expect(stderr).toContain("1 entry on schedule; next: promo ");
    expect(turns()).toBeGreaterThan(0);
  });

  test("--next prints slots with local and UTC time, and says what a clock change does", async () => {
    put(`${prompt}schedule:\n  - { cron: "30 2 * * *", timezone: Europe/Paris }\n`);
    const people = await call("schedule promo.yaml --next 3");
    expect(people).toMatchObject({ exitCode: 0, stderr: "" });
    for (const line of people.stdout.trimEnd().split("\n"))
      expect(line).toMatch(
        /^promo {2}\d{4}-\d\d-\d\dT\d\d:\d\d:00\+0[12]:00 {2}\d{4}-\d\d-\d\dT\d\d:\d\d:00Z {2}Europe\/Paris/,
      );
    const { stdout } = await call("schedule promo.yaml --next 365 --json");
    const slots = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(slots).toHaveLength(365);
    const notes = slots.flatMap(({ note, local = "" }) =>
      note === undefined ? [] : [`${local.slice(11)} ${note}`],
    );
    expect(notes.toSorted()).toEqual([
      "02:30:00+02:00 the time comes twice: only the first counts",
      "03:00:00+02:00 the clock skips its time: it starts at the first instant after the gap",
    ]);
  });

  test.each([
    ["a line that never fires", `{ cron: "0 0 30 2 *" }`, "never fires", "`0 0 L 2 *`"],
    [
      "an unknown day",
      `{ cron: "0 9 * * MON-FRY" }`,
      "the day of the week of a cron line cannot be `MON-FRY`",
      "FRI",
    ],
    ["an hour too many", `{ cron: "0 24 * * *" }`, "the hour of a cron line cannot be `24`", "0 to 23"],
    ["an unknown zone", `{ cron: "@daily", timezone: Europe/Pari }`, "IANA time zone", '"Europe/Paris"'],
  ])("%s is shown with its place and a way out", async (_, entry, message, hint) => {
    put(`${prompt}schedule:\n  - ${entry}\n`);
    for (const command of ["schedule", "tick", "validate"]) {
      const { exitCode, stdout, stderr } = await call(`${command} promo.yaml`);
      const text = stdout + stderr;
      expect([exitCode, text]).toEqual([2, expect.stringContaining(message)]);
      expect(text).toContain(hint);
      expect(text).toContain("promo.yaml:3:");
    }
  });

  test.each([
    ["no schedule", "", "there is no schedule"],
    [
      "nothing enabled",
      `schedule: { cron: "@daily", enabled: false }\n`,
      "every entry of the schedule is disabled",
    ],
  ])("%s: exit 2", async (_, text, message) => {
    put(prompt + text);
    const { exitCode, stderr } = await call("schedule promo.yaml --next 3");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test("two entries that want one slot for different videos are warned of", async () => {
    put(
      `params: { a: 1 }\n${prompt}schedule:\n  - { cron: "@daily", params: { a: 2 } }\n  - { cron: "@weekly" }\n`,
    );
    const { exitCode, stderr } = await call("schedule promo.yaml --next 1");
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("lines 4 and 5 both ask for promo@")]);
  });

  test("two recipes of one name cannot be told apart", async () => {
    put(`name: promo\n${prompt}schedule: ${newYear}\n`);
    put(`name: promo\n${prompt}schedule: ${newYear}\n`, "other.yaml");
    const { exitCode, stderr } = await call("tick promo.yaml other.yaml --local");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("both called promo")]);
  });
});

test("schedule: a service that is away when a slot begins is waited for", async () => {
  await service.close();
  const port = await ownPort();
  put(`${prompt}schedule: { cron: "* * * * * *", overlap: skip }\n`);
  let isBack = false;
  const { stderr, stdout, exitCode } = await call("schedule promo.yaml --max-credits 500", {
    env: { NEMO_API_URL: `http://127.0.0.1:${port}` },
    onOutput: (text, { signal }) => {
      if (text.includes("Work waits") && !isBack) {
        isBack = true;
        void startEmulator({ workMs: 20, pace: 0.1, port }).then((started) => (service = started));
      }
      if (text.includes("out/promo")) signal();
    },
  });
  expect(exitCode, stderr).toBe(130);
  expect(stdout).toContain("out/promo");
  expect(stderr).toContain("The service answers again");
});
