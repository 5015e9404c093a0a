import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli, CallOptions } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const media = fileURLToPath(new URL("../fixtures/media", import.meta.url));
let service: Emulator;
let dir = "";
beforeEach(async () => {
  service = await startEmulator({ workMs: 50, pace: 0.2, credits: 1000 });
  dir = tempDir();
});
afterEach(() => service.close());

const quick = "export: { quality: low }\npoll: { state: 40ms, render: 1s }\n";
/** The local backend is asked as often as it likes. */
const local = "export: { quality: low }\n";
const put = (text: string, rest = quick): void => writeFileSync(join(dir, "promo.yaml"), `${text}\n${rest}`);
const callWith = (options: Pick<CallOptions, "onOutput">, ...argv: string[]): Promise<CalledCli> =>
  callAt({ dir, apiUrl: service.url }, argv, options);
const call = (...argv: string[]): Promise<CalledCli> => callWith({}, ...argv);
/** Ctrl-C when these words are printed. */
const stopAt = (words: string): Pick<CallOptions, "onOutput"> => ({
  onOutput: (text, act) => void (text.includes(words) && act.signal()),
});
const turns = (): number => service.ledger.turns.length;
async function turnsSent(name: string): Promise<number> {
  const { events } = JSON.parse((await call("show", name, "--json")).stdout) as {
    events: { type: string }[];
  };
  return events.filter(({ type }) => type === "turn-sending").length;
}

test("a draft is shown, refined, approved, exported; and asking again costs nothing", async () => {
  put("prompts: make a 1-second video\nreview: true");
  expect((await call("plan", "promo.yaml")).stdout).toContain("stops for your review before it exports");
  const ran = await call("run", "promo.yaml");
  expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
  expect(ran.stderr).toMatch(/preview out\/promo\.preview\.mp4 \(/);
  expect(ran.stderr).toMatch(
    /needs you: the video waits for your review: Timeline \(\d tracks\): .*review-wanted/,
  );
  expect((await call("status")).stdout).toContain("nemo-recipe approve job_");
  const elsewhere = await callAt({ dir }, ["status"]);
  expect(elsewhere.stdout).toContain(`"…" --backend ${new URL(service.url).origin}\``);
  expect(existsSync(join(dir, "out/promo.mp4"))).toBe(false);

  const refined = await call("refine", "promo", 'show the title "Ja & <b>"');
  expect(refined).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refined.stderr).toMatch(/the refinement costs \d+(?: to \d+)? credits/);
  expect(turns()).toBe(2);
  expect(service.ledger.turns[1]).toMatchObject({ sessionId: service.ledger.turns[0]?.sessionId });
  expect((await call("resume")).exitCode).toBe(1);

  expect(await call("approve", "promo")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
  const again = await call("run", "promo.yaml");
  expect(again).toMatchObject({ exitCode: 0, stdout: "" });
  expect(again.stderr).toContain("up to date");
  rmSync(join(dir, "out/promo.preview.mp4"));
  expect((await call("run", "promo.yaml")).stderr).toContain("up to date");
  const recipe = (await call("show", "promo", "--as-recipe")).stdout;
  expect(recipe).toMatch(/refinements:[^]*Ja & <b>[^]*\nreview: true\n$/);
  writeFileSync(join(dir, "promo.yaml"), recipe.replace("review: true", "preview: true"));
  expect((await call("run", "promo.yaml")).stderr).toContain("up to date");
  expect(turns()).toBe(2);
  expect(readFileSync(join(dir, "out/promo.mp4")).length).toBeGreaterThan(1000);
});

test("what was refined in a review goes on with the turns that the recipe gets later", async () => {
  put("prompts: make a 1-second video\nreview: true", local);
  await call("run", "promo.yaml", "--local");
  await call("refine", "promo", "make the music quieter");
  await call("approve", "promo");
  put('prompts: make a 1-second video\nrefinements: show the title "Later"', local);
  const planned = await call("plan", "promo.yaml", "--local", "--json");
  const plan = JSON.parse(planned.stdout) as { jobs: object[] };
  expect(plan.jobs).toMatchObject([{ reason: "continue", turns: { count: 3, missing: 1 } }]);
  expect(await call("run", "promo.yaml", "--local")).toMatchObject({
    exitCode: 0,
    stdout: "out/promo.mp4\n",
  });
  expect(await turnsSent("promo")).toBe(3);
});

test("a refinement that no budget covers is refused, and changes nothing", async () => {
  put("prompts: make a 1-second video\nreview: true");
  await call("run", "promo.yaml");
  const refused = await call("refine", "promo", "make it blue", "--max-credits", "1");
  expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
  expect(refused.stderr).toContain("over-budget");
  expect(turns()).toBe(1);
  expect(await call("approve", "promo")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
  expect(turns()).toBe(1);
});

test("every variant has its own review, and a preview alone asks nobody", async () => {
  put(
    "prompts: make a 1-second video\nvariants: [{ name: wide }, { name: tall, prompt: make it 9:16 }]\nreview: true",
    local,
  );
  const first = await call("run", "promo.yaml", "--local");
  expect(first.stderr).toContain("waits for your review: wide: Timeline");
  const second = await call("approve", "promo");
  expect(second).toMatchObject({ exitCode: 1, stdout: "out/promo-wide.mp4\n" });
  expect(second.stderr).toContain("waits for your review: tall: Timeline");
  expect(await call("approve", "promo")).toMatchObject({ exitCode: 0, stdout: "out/promo-tall.mp4\n" });
  put("name: plain\nprompts: make a 1-second video", local);
  const shown = await call("run", "promo.yaml", "--preview", "--local");
  expect(shown).toMatchObject({ exitCode: 0, stdout: "out/plain.mp4\n" });
  expect(existsSync(join(dir, "out/plain.preview.mp4"))).toBe(true);
  expect((await call("show", "plain", "--as-recipe")).stdout).toMatch(/\npreview: true\n$/);
});

test("a watch goes on with other files, and a later one lets the deadline decide", async () => {
  put(
    "prompts: make a 1-second video\nwatch: { folder: inbox, settle: 20ms }\nreview: { deadline: 100ms, then: approve }",
    local,
  );
  mkdirSync(join(dir, "inbox"));
  for (const name of ["picture.jpg", "picture.png"])
    copyFileSync(join(media, name), join(dir, "inbox", name));
  const first = await call("watch", "promo.yaml", "--once", "--local");
  expect(first).toMatchObject({ exitCode: 1, stdout: "" });
  expect(first.stderr.match(/waits for your review/g)?.length).toBeGreaterThanOrEqual(2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const second = await call("watch", "promo.yaml", "--once", "--local");
  expect(second).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("turn: ") });
  expect(second.stdout.trim().split("\n")).toHaveLength(2);
});

test("whoever lives on lets the deadline decide when it has come, and puts the file aside", async () => {
  put(
    "prompts: make a 1-second video\nwatch: { folder: inbox, settle: 20ms, after: move }\nreview: { deadline: 200ms, then: approve }",
    local,
  );
  mkdirSync(join(dir, "inbox"));
  copyFileSync(join(media, "picture.jpg"), join(dir, "inbox/picture.jpg"));
  const watched = await callWith(stopAt("done in "), "watch", "promo.yaml", "--local");
  expect(watched.stdout).toBe("out/promo-picture.mp4\n");
  expect(watched.stderr).toMatch(/waits for your review[^]*picture\.mp4/);
  expect(watched.stderr.match(/turn: /g)).toHaveLength(1);
  expect(existsSync(join(dir, "inbox/done/picture.jpg"))).toBe(true);
});

test("status says when the time for a review is over, and a schedule acts on it", async () => {
  put(
    'name: late\nprompts: make a 1-second video\nschedule: [{ cron: "0 0 1 1 *" }]\nreview: { deadline: 1ms, then: stop }',
    local,
  );
  await call("run", "promo.yaml", "--local");
  for (const command of [["status"], ["show", "late"]])
    expect((await call(...command)).stdout).toMatch(
      /was over at .*Z: the video is given up.*\n.*approve job_/,
    );
  const kept = await callWith(stopAt("not-approved"), "schedule", "promo.yaml", "--local");
  expect(kept).toMatchObject({ exitCode: 130, stdout: "" });
  expect(await call("approve", "late")).toMatchObject({ exitCode: 0, stdout: "out/late.mp4\n" });
});

test("tick lets the deadline decide when it comes by, and leaves it to the next while the service is away", async () => {
  put(
    'name: late\nprompts: make a 1-second video\nbudget: { perDay: 500 }\nretry: { attempts: 1 }\nschedule: [{ cron: "0 0 1 1 *" }]\nreview: { deadline: 1ms, then: approve }',
  );
  expect(await call("run", "promo.yaml")).toMatchObject({ exitCode: 1 });
  expect(await call("tick", "promo.yaml")).toMatchObject({ exitCode: 0, stdout: "out/late.mp4\n" });
  expect(await call("run", "promo.yaml", "--again")).toMatchObject({ exitCode: 1 });
  await service.close();
  const away = await call("tick", "promo.yaml");
  expect([away.exitCode, away.stdout]).toEqual([1, ""]);
  expect(away.stderr).toContain("unreachable");
  expect((await call("status")).stdout).toMatch(/waits for your review|was over at/);
  expect(turns()).toBe(2);
});

test("a schedule waits out an outage at the deadline of a review, instead of letting the job fail", async () => {
  put(
    'name: late\nprompts: make a 1-second video\nbudget: { perDay: 500 }\nretry: { attempts: 1 }\nschedule: [{ cron: "0 0 1 1 *" }]\nreview: { deadline: 1ms, then: approve }',
  );
  expect(await call("run", "promo.yaml")).toMatchObject({ exitCode: 1 });
  await service.close();
  const kept = await callWith(stopAt("Work waits"), "schedule", "promo.yaml");
  expect(kept).toMatchObject({ exitCode: 130, stdout: "" });
  expect(turns()).toBe(1);
});

test("what cannot be approved or refined: exit 2", async () => {
  put("prompts: make a 1-second video", local);
  await call("run", "promo.yaml", "--local");
  const refusals: readonly (readonly [argv: readonly string[], says: string])[] = [
    [["approve", "promo"], "does not wait for a review"],
    [["refine", "promo", "larger"], "does not wait for a review"],
    [["refine", "promo", "  "], "the refinement is empty"],
    [["refine", "promo"], "refine needs <job> <text>"],
    [["refine", "promo", "a", "b"], 'takes 2 arguments, and "b" is one too many'],
    [["approve", "none"], 'no run or job "none"'],
  ];
  for (const [argv, says] of refusals) {
    const refused = await call(...argv);
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toContain(says);
  }
});
