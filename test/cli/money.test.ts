import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let service: Emulator;
let dir = "";
beforeEach(() => {
  dir = tempDir();
});
afterEach(() => service.close());

const serve = async (faults = ""): Promise<Emulator> =>
  (service = await startEmulator({ faults, workMs: 30, pace: 0.1, credits: 1000 }));
const timing = `poll: { state: 40ms, render: 500ms }
retry: { attempts: 2, delay: 20ms, maxDelay: 20ms }
timeouts: { turn: 1s, silence: 800ms, idle: 600ms, change: 300ms, render: 9s }
export: { quality: low }
`;
const put = (text: string, name = "promo.yaml"): void => writeFileSync(join(dir, name), text + timing);
const call = (args: string): Promise<CalledCli> => callAt({ dir, apiUrl: service.url }, args);
const turns = (): number => service.ledger.turns.length;
const seconds = (text: string): string =>
  `params: { s: 1 }\nprompts: make a ${"${{ params.s }}"}-second video\n${text}`;

describe("no room: refused before anything is sent, with 3", () => {
  test.each([
    ["--max-credits", "", "--max-credits 99", "this run may cost up to 100 credits, and the limit is 99"],
    ["a recipe's budget", "budget: 99\n", "", "promo may cost up to 100 credits, and the limit is 99"],
    [
      "a job's",
      "budget: { perJob: 50 }\n",
      "",
      "the job promo may cost up to 100 credits, and the limit is 50",
    ],
    ["a day's", "budget: { perDay: 20 }\n", "", "of the 20 a day (promo.yaml) 20 are left"],
    ["a month's", "budget: { perMonth: 70 }\n", "", "of the 70 a month (promo.yaml) 70 are left"],
  ])("%s", async (_, budget, flags, message) => {
    await serve();
    put(seconds(budget));
    for (const command of ["run", "plan"]) {
      const { exitCode, stderr } = await call(`${command} promo.yaml ${flags}`.trim());
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining(message)]);
      expect(stderr).toContain("Nothing was sent");
    }
    expect(turns()).toBe(0);
  });

  test("the config's budget, over all recipes", async () => {
    await serve();
    put(seconds(""));
    writeFileSync(join(dir, "nemo-recipe.config.yaml"), "budget: { perDay: 90 }\n");
    const { exitCode, stderr } = await call("run promo.yaml");
    expect([exitCode, stderr]).toEqual([
      3,
      expect.stringContaining("of the 90 a day (the config) 90 are left"),
    ]);
    expect(turns()).toBe(0);
  });
});

test("a day's budget is shared by all runs, and the plan and `credits` tell what is left of it", async () => {
  await serve();
  put(seconds("budget: { perDay: 150 }\n"));
  const free = await call("plan promo.yaml");
  expect([free.exitCode, free.stdout]).toEqual([
    0,
    expect.stringContaining("150 of 150 left today (promo.yaml)"),
  ]);
  expect((await call("run promo.yaml")).exitCode).toBe(0);
  const spent = service.ledger.turns[0]?.charge ?? NaN;
  const again = await call("run promo.yaml -p s=2");
  expect([again.exitCode, again.stderr]).toEqual([3, expect.stringContaining(`${150 - spent} are left`)]);
  expect(turns()).toBe(1);
  const plan = JSON.parse((await call("plan promo.yaml -p s=2 --json")).stdout) as { budgets: object[] };
  expect(plan.budgets).toEqual([
    { scope: "day", credits: 150, left: 150 - spent, recipe: "promo", from: "promo.yaml" },
  ]);
  const text = (await call("credits")).stdout;
  expect(text).toContain(`today      ${spent} spent by this machine\n`);
  expect(text).toContain(`month      ${spent} spent by this machine\n`);
  const json = JSON.parse((await call("credits --json")).stdout) as { spent: object };
  const measured = { measured: spent, unmeasured: 0, reserved: 0 };
  expect(json.spent).toEqual({ today: measured, month: measured });
});

test("while it runs: the turn that has no room is not sent, and with room it goes on where it was", async () => {
  await serve("code-2001@2");
  writeFileSync(
    join(dir, "promo.yaml"),
    `prompts:\n  - make a 1-second video\n  - make it longer\n${timing}`,
  );
  expect((await call("run promo.yaml")).exitCode).toBe(3);
  expect(turns()).toBe(1);
  const refused = await call("resume --max-credits 60");
  expect([refused.exitCode, refused.stderr]).toEqual([
    3,
    expect.stringContaining(
      "the budget of 60 credits a run (--max-credits) has no room for the next turn: 0 are spent",
    ),
  ]);
  expect(refused.stderr).toContain("the turn was not sent; raise the limit (--max-credits)");
  expect(refused.stderr).toContain("pays nothing twice");
  expect(turns()).toBe(1);
  expect((await call("resume --max-credits 100")).exitCode).toBe(0);
  expect(turns()).toBe(2);
});

test("the plan reads its credits from this machine's own turns, once there are three", async () => {
  await serve();
  put(seconds(""));
  const before = await call("plan promo.yaml");
  expect(before.stdout).toContain("by the published figures");
  for (const length of [1, 2, 3])
    expect(await call(`run promo.yaml -p s=${length}`)).toMatchObject({ exitCode: 0 });
  const costs = service.ledger.turns.map(({ charge }) => charge).sort((left, right) => left - right);
  const after = await call("plan promo.yaml -p s=4");
  const [low, likely, high] = costs;
  expect(after.stdout).toContain(`${low}–${likely}–${high} (low–likely–high, from 3 turns on this machine)`);
  const other = seconds("");
  put(other, "other.yaml");
  expect((await call("plan other.yaml -p s=9")).stdout).toContain("from 3 turns on this machine");
  const local = await call("plan promo.yaml -p s=4 --local");
  expect(local.stdout).not.toContain("turns on this machine");
  const [one, two] = [
    await call("plan promo.yaml -p s=4 --json"),
    await call("plan promo.yaml -p s=4 --json"),
  ];
  expect(two.stdout).toBe(one.stdout);
});

test("three jobs that were paid and are not what was asked for stop the run", async () => {
  await serve();
  const rows = [1, 2, 3, 4, 5].map((id) => `{ id: ${id} }`).join(", ");
  const prompt = "make a 1-second video of ${{ row.id }} boats";
  put(`rows: [${rows}]\nprompts: ${prompt}\nexpect: { duration: 50s }\nconcurrency: 1\n`);
  const { exitCode, stderr } = await call("run promo.yaml --yes");
  expect(exitCode).toBe(1);
  expect(turns()).toBe(3);
  expect(stderr).toContain(
    "promo-4: not started: three jobs in a row were paid without a delivery, or nobody knows\n",
  );
  expect(stderr).toContain("3 failed, 2 not started");
  expect(stderr).toContain("2 jobs not started, and nothing sent for them\n  next: nemo-recipe show run_");
});
