import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli, CallOptions } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const token = "nmv_local_commands";
let service: Emulator;
let dir = "";
beforeAll(async () => {
  service = await startEmulator({ workMs: 50, pace: 0.2 });
});
afterAll(() => service.close());
beforeEach(() => {
  dir = tempDir();
});

const put = (name: string, text: string): void => writeFileSync(join(dir, name), text);
const quick = "export: { quality: low }\npoll: { state: 40ms, render: 1500ms }\n";

const call = (args: string, options: Partial<CallOptions> = {}): Promise<CalledCli> =>
  callAt({ dir, apiUrl: service.url, token }, args, options);

test("a run delivers, is up to date the next time, and can be looked back at; no secret is in any of it", async () => {
  put("promo.yaml", `prompts: make a 1-second video\n${quick}`);
  const made = await call("run promo.yaml --log-file run.log");
  expect(made).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
  const again = await call("run promo.yaml");
  expect(again).toMatchObject({ exitCode: 0, stdout: "" });
  expect(again.stderr).toContain("up to date");
  const shown = await call("show promo");
  expect(shown.stdout).toMatch(/make a 1-second video[^]*out\/promo\.mp4/);
  expect((await call("show", { terminal: { columns: 100 } })).stdout).toContain("make a 1-second video");
  expect(await call("show")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("show needs <run, job or session>"),
  });
  const json = await call("show promo --json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    type: "job",
    status: "finished",
    files: [join(dir, "out/promo.mp4")],
  });
  const { session = "" } = JSON.parse(json.stdout) as { readonly session?: string };
  expect((await call(`show ${session} --json`)).stdout).toBe(json.stdout);
  const runs = await call("runs --json");
  expect(
    runs.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toMatchObject([
    { recipes: ["promo"], exitCode: 0 },
    { recipes: ["promo"], exitCode: 0 },
  ]);
  expect((await call("status")).stdout).toContain("Nothing is running");
  const credits = await call("credits --json");
  expect(JSON.parse(credits.stdout)).toMatchObject({
    account: "registered",
    spent: { month: { unmeasured: 0 } },
  });
  const log = readFileSync(join(dir, "run.log"), "utf8");
  expect(log).toContain('"msg":"file-delivered"');
  for (const text of [made.stderr, again.stderr, shown.stdout, json.stdout, credits.stdout, log])
    expect(text).not.toContain(token);
  const claim = await call("show promo --claim");
  expect(claim.stdout).toMatch(/\/workspace\/claim\?ct=clm_\w+\n$/);
  expect(claim.stdout).not.toContain(token);
});

test.each([
  { file: ".", exitCode: 2, says: "--log-file .: it cannot be written: a folder stands there" },
  ...(existsSync("/dev/full") ? [{ file: "/dev/full", exitCode: 0, says: "the log ends here" }] : []),
])("a log that cannot be written ($file) stops no work that is paid", async ({ file, ...seen }) => {
  put("promo.yaml", `prompts: make a 1-second video\n${quick}`);
  const { exitCode, stderr } = await call(`run promo.yaml --log-file ${file}`);
  expect(exitCode).toBe(seen.exitCode);
  expect(stderr.split(seen.says).length).toBe(2);
});

test("several jobs that pay ask on a terminal; no sends nothing, yes makes them", async () => {
  put(
    "two.yaml",
    `matrix: { mood: [calm, wild] }\nprompts: make a 1-second \${{ matrix.mood }} video\n${quick}`,
  );
  const answer = (text: string): Promise<CalledCli> => {
    let asked = false;
    return call("run two.yaml --no-color", {
      terminal: { columns: 100 },
      onOutput: (seen, act) => {
        if (asked || !seen.includes("[y/N]")) return;
        asked = true;
        act.type(`${text}\n`);
      },
    });
  };
  const before = service.ledger.turns.length;
  const no = await answer("n");
  expect(no).toMatchObject({ exitCode: 3, stdout: "" });
  expect(no.stderr).toContain("2 jobs cost 100 to 200 credits. Go on?");
  expect(no.stderr).toContain("nothing was sent");
  expect(service.ledger.turns.length).toBe(before);
  const yes = await answer("y");
  expect(yes.exitCode).toBe(0);
  expect(service.ledger.turns.length).toBe(before + 2);
});

test("--max-credits below the estimate refuses before anything is sent", async () => {
  put("one.yaml", "prompts: make a video\n");
  expect(await call("run one.yaml --max-credits 99")).toMatchObject({ exitCode: 3, stdout: "" });
  expect(await call("plan one.yaml --max-credits 99")).toMatchObject({ exitCode: 3 });
  expect((await call("plan one.yaml --max-credits 100")).exitCode).toBe(0);
});

test("a saved plan is refused once something has changed", async () => {
  put("one.yaml", "prompts: make a video\n");
  expect((await call("plan one.yaml --save plan.json")).exitCode).toBe(0);
  const same = await call("run --plan plan.json --max-credits 1");
  expect(same).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("over-budget") });
  put("one.yaml", "prompts: make another video\n");
  for (const named of ["", "one.yaml "])
    expect(await call(`run ${named}--plan plan.json`)).toMatchObject({ exitCode: 3 });
  const refused = await call("run one.yaml --plan plan.json");
  expect(refused.exitCode).toBe(3);
  expect(refused.stderr).toContain("the plan has changed since plan.json was saved: one");
  expect((await call("run one.yaml --plan one.yaml")).exitCode).toBe(2);
  expect((await call("plan --prompt sunset --save plan.json")).exitCode).toBe(0);
  expect(await call("run --plan plan.json")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("saved of --prompt: give it again"),
  });
});

test("Ctrl-C stops with 130, a second one ends at once, and resume goes on without paying again", async () => {
  put("slow.yaml", `prompts: make a 1-second video\nrefinements: show the title "Hi"\n${quick}`);
  const before = service.ledger.turns.length;
  let signals = 0;
  const stopped = await call("run slow.yaml", {
    onOutput: (text, act) => {
      if (signals > 0 || !text.includes("make a 1-second")) return;
      signals += 2;
      act.signal("SIGTERM");
      act.signal();
    },
  });
  expect(stopped).toMatchObject({ exitCode: 130, exitedNow: 130, stdout: "" });
  expect(stopped.stderr).toContain("nemo-recipe resume");
  const resumed = await call("resume");
  expect(resumed).toMatchObject({ exitCode: 0, stdout: "out/slow.mp4\n" });
  expect(service.ledger.turns.length).toBe(before + 2);
  expect(await call("resume")).toMatchObject({
    exitCode: 0,
    stdout: "",
    stderr: expect.stringContaining("Nothing to resume"),
  });
});

test("init writes a valid recipe with its comments, and never replaces a file", async () => {
  const made = await call("init reel mine.yaml");
  expect(made).toMatchObject({
    exitCode: 0,
    stdout: "mine.yaml\n",
    stderr: "Next: nemo-recipe run mine.yaml --local\n",
  });
  const text = readFileSync(join(dir, "mine.yaml"), "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=.*schemas\/recipe\.schema\.json\n/);
  expect((await call("validate mine.yaml")).exitCode).toBe(0);
  put("own.yaml", "prompts: a\nskill: my-own\n");
  expect((await call("validate own.yaml")).exitCode).toBe(2);
  put("nemo-recipe.config.yaml", "skills: { my-own: 1.0.0 }\n");
  expect((await call("validate own.yaml")).exitCode).toBe(0);
  put("mine.yaml", "mine");
  expect((await call("init reel mine.yaml")).exitCode).toBe(2);
  expect(readFileSync(join(dir, "mine.yaml"), "utf8")).toBe("mine");
  expect((await call("init rele")).stderr).toContain('did you mean "reel"?');
});

test("the --prompt flag needs no recipe, folders are inputs, standard input is a recipe", async () => {
  const prompt = await call("plan --json --prompt sunset");
  expect(JSON.parse(prompt.stdout)).toMatchObject({
    jobs: [{ name: "prompt", steps: [{ prompt: "sunset" }, {}] }],
  });
  const piped = await call("plan - --json", { stdin: "prompts: from a pipe\nname: piped\n" });
  expect(JSON.parse(piped.stdout)).toMatchObject({ jobs: [{ name: "piped" }] });
  const nothing = await call("plan");
  expect(nothing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("nemo-recipe init") });
});

test("config beneath the recipe: its timings hold where the recipe names none", async () => {
  put("nemo-recipe.config.yaml", "retry: { attempts: 7 }\npoll: { state: 77ms }\noutDir: made\n");
  put("one.yaml", "prompts: make a video\nretry: { delay: 1s }\n");
  const { stdout } = await call("plan one.yaml --json");
  expect(JSON.parse(stdout)).toMatchObject({
    jobs: [{ steps: [{}, { path: join(dir, "made/out/one.mp4") }] }],
  });
  const shown = await call("doctor --config");
  expect(shown.stdout).toMatch(new RegExp(`retry\\.attempts +7 +${dir}/nemo-recipe\\.config\\.yaml`));
  expect(shown.stdout).toMatch(/token +set \(not shown\) +NEMO_TOKEN/);
});

test("doctor finds what is wrong and says what to do", async () => {
  const well = await call("doctor --json");
  const findings = JSON.parse(well.stdout) as { about: string; mark: string }[];
  expect(findings.find(({ about }) => about === "service")).toMatchObject({ mark: "ok" });
  const ill = await call("doctor", { env: { NEMO_API_URL: "http://127.0.0.1:9" } });
  expect(ill.exitCode).toBe(1);
  expect(ill.stdout).toMatch(/✗ service +http:\/\/127\.0\.0\.1:9 cannot be reached/);
});

test("an unknown run, and a state folder that nothing can be written to, are said so", async () => {
  expect(await call("show nothing")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no run or job "nothing"'),
  });
  put("file", "");
  const refused = await call("runs", { env: { NEMO_RECIPE_STATE_DIR: join(dir, "file") } });
  expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
  expect(refused.stderr).not.toContain("bug:");
  expect(existsSync(join(dir, "state"))).toBe(true);
});

test("--quiet keeps the way to itself, and tells a failure with its next step", async () => {
  put("promo.yaml", `prompts: make a 1-second video\nexpect: { duration: 9s }\n${quick}`);
  const failed = await call("run promo.yaml --quiet");
  expect(failed).toMatchObject({ exitCode: 1, stdout: "" });
  expect(failed.stderr).toContain("expectation-unmet");
  expect(failed.stderr).not.toMatch(/started|uploading|turn 1/);
  expect(failed.stderr).toMatch(/kept as out\/promo\.unmet\.mp4; .*`nemo-recipe run` then pays for no more/);
  expect(failed.stderr).not.toContain("resume");
  const turns = service.ledger.turns.length;
  put("promo.yaml", `prompts: make a 1-second video\nexpect: { duration: 1s }\n${quick}`);
  expect(await call("run promo.yaml --quiet")).toMatchObject({ exitCode: 0, stdout: "out/promo.mp4\n" });
  expect(service.ledger.turns).toHaveLength(turns);
  put("other.yaml", `prompts: make a 2-second video\n${quick}`);
  expect(await call("run other.yaml --quiet")).toMatchObject({ exitCode: 0, stderr: "" });
});
