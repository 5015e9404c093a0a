import { describe, expect, test } from "vitest";
import type { Reason } from "../../src/plan/planned-job.ts";
import { planTotals } from "../../src/plan/plan-totals.ts";
import type { PlannedRunJob, RunPlan } from "../../src/plan/run-plan.ts";
import type { Paint } from "../../src/report/paint.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { planText } from "../../src/report/plan-text.ts";
import { textWidth } from "../../src/report/text-width.ts";
import { makePast, planFor, planWorld } from "../support/plan-for.ts";
import { plannedJob } from "../support/planned-job.ts";

const same = (text: string): string => text;
const paint: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
const view = { paint, columns: 80 };

const contents = { "photos/1.jpg": "x".repeat(1_199_997), "photos/2.jpg": "y".repeat(899_997) };

test("jobs with their reasons, then the sum", async () => {
  const world = planWorld(contents);
  const recipe = `
inputs: photos
rows: [{ name: tea }, { name: mug }, { name: hat }]
prompts: show \${{ row.name }}
variants: [{ name: wide }, { name: tall, prompt: make it 9 to 16 }]`;
  const [tea, mug] = (await planFor(recipe, world)).jobs;
  if (tea !== undefined) await makePast(world, tea.job, { jobId: "job_1" });
  if (mug !== undefined) await makePast(world, mug.job, { jobId: "job_2", steps: 3, end: "failed" });
  expect(planText(await planFor(recipe, world), view)).toBe(`\
= promo-tea  up to date    0 credits
  every output is in its place
  → out/promo-tea-wide.mp4
  → out/promo-tea-tall.mp4

~ promo-mug  go on         50–100–100 credits
  job_2 failed: the render failed
  2 inputs, 2.1 MB · uploaded before · 1 of 2 turns to send
  2. "make it 9 to 16"
  → out/promo-mug-wide.mp4
  → out/promo-mug-tall.mp4

+ promo-hat  new           100–200–200 credits
  its turns differ from what was made before, so all of them are sent
  2 inputs, 2.1 MB · 2 turns
  1. "show hat"
  2. "make it 9 to 16"
  → out/promo-hat-wide.mp4
  → out/promo-hat-tall.mp4

Plan: 3 jobs (1 new, 1 to go on with, 1 up to date)
  Upload   2.1 MB
  Turns    3 to send
  Credits  150–300–300 (low–likely–high, by the published figures)
  Balance  500 available, 10 frozen
`);
});

test("one job, singular and short; a sequence says what stays", async () => {
  const plan = await planFor("batch: sequence\ninputs: photos/1.jpg\nprompts: film", planWorld(contents), {
    backend: "local",
  });
  expect(planText(plan, view)).toBe(`\
+ promo  new           free, made on this machine
  nothing like it was made before
  1 input, 1.2 MB · 1 turn
  1. "film"
  in a sequence, earlier inputs stay in the session
  → out/promo.mp4

Plan: 1 job (1 new)
  Upload   1.2 MB
  Turns    1 to send
  Credits  free, made on this machine
`);
});

test("what another recipe made of no input is no news of this one", async () => {
  const world = planWorld();
  const [other] = (await planFor({ "other.yaml": "prompts: a film" }, world)).jobs;
  if (other !== undefined) await makePast(world, other.job, { jobId: "job_1" });
  const whys = async (file: string): Promise<string[]> =>
    (await planFor({ [file]: "prompts: a clip" }, world)).jobs.map(({ why }) => why);
  expect(await whys("promo.yaml")).toEqual(["nothing like it was made before"]);
  expect(await whys("other.yaml")).toEqual([
    "its turns differ from what was made before, so all of them are sent",
  ]);
});

test("nothing to do", async () => {
  const plan = await planFor("inputs: { path: photos, since: 1s }\nprompts: film", planWorld(contents), {
    run: { id: "run_1", startedAtMs: Date.UTC(2027, 0, 1), timezone: "UTC" },
    credits: "unreachable",
  });
  expect(planText(plan, view)).toBe(
    "Plan: nothing to do\n  the balance is not known: the service did not answer\n",
  );
});

const one = (more: Partial<PlannedRunJob>): PlannedRunJob => ({
  job: plannedJob(),
  reason: "new",
  why: "nothing like it was made before",
  inputs: { count: 1, sizeBytes: 1_000 },
  turns: { count: 1, missing: 1 },
  uploadBytes: 1_000,
  credits: { low: 1_000, likely: 2_000, high: 3_000 },
  outputs: ["out/promo.mp4"],
  notes: [],
  ...more,
});

const planOf = (jobs: readonly PlannedRunJob[]): RunPlan => ({
  recipes: [],
  jobs,
  problems: [],
  figures: [],
  totals: planTotals(jobs),
  notes: [],
});

describe("planText", () => {
  test("fits 80 columns, but never cuts a path", () => {
    const name = "日本".repeat(40);
    const path = `out/${"a".repeat(120)}.mp4`;
    const long = one({
      job: plannedJob({ name }),
      why: "because ".repeat(40),
      notes: ["note ".repeat(40)],
      outputs: [path],
    });
    const lines = planText(planOf([long]), view).split("\n");
    expect(lines).toContain(`  → ${path}`);
    for (const line of lines) if (!line.startsWith("  →")) expect(textWidth(line)).toBeLessThanOrEqual(80);
  });

  test("few jobs show what is sent, each turn on a line of its own; many do not", () => {
    const prompts = ["one\nline ".repeat(40), "日本".repeat(90), ...Array.from({ length: 10 }, () => "more")];
    const job = plannedJob({ turns: prompts.map((prompt) => ({ prompt })) });
    const sent = one({ job, turns: { count: 12, missing: 11 } });
    const text = planText(planOf([sent, sent, sent]), view);
    expect(text).toMatch(/^ {2}2\. "日本[日本]+…"\n {2}3\. "more"$/m);
    expect(text).toContain('  9. "more"\n  … and 3 more turns\n');
    expect(text).not.toContain("one line");
    for (const line of text.split("\n")) expect(textWidth(line)).toBeLessThanOrEqual(80);
    expect(planText(planOf([sent, sent, sent, sent]), view)).not.toContain("more");
    expect(planText(planOf([one({ job, reason: "parked" })]), view)).not.toContain('"');
  });

  test("many jobs take two lines each, and many outputs a count", () => {
    const outputs = Array.from({ length: 6 }, (_, index) => `out/${index}.mp4`);
    const few = planText(planOf([one({ outputs })]), view);
    expect(few).toContain("… and 2 more outputs");
    const many = planText(planOf(Array.from({ length: 21 }, () => one({ outputs }))), view);
    expect(many).toContain("… and 5 more outputs");
    expect(many).not.toContain("nothing like it");
    expect(many).toContain("Plan: 21 jobs (21 new)");
  });

  test.each<[Reason, string]>([
    ["new", "+ promo  new"],
    ["continue", "+ promo  continue"],
    ["go-on", "~ promo  go on"],
    ["export-again", "~ promo  export again"],
    ["up-to-date", "= promo  up to date"],
    ["busy", "! promo  busy"],
    ["parked", "! promo  parked"],
  ])("%s is told apart without colours", (reason, title) => {
    expect(planText(planOf([one({ reason })]), view)).toContain(title);
  });

  test("text from outside cannot drive the terminal", () => {
    const evil = "a\u001b[2Jb\u0007\r\nc\u202e";
    const text = planText(
      planOf([one({ job: plannedJob({ name: evil }), why: evil, notes: [evil], outputs: [evil] })]),
      view,
    );
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

test("planJson has a job's steps in order, and no keys of the inside but the paid one", async () => {
  const plan = await planFor(
    "inputs: photos/1.jpg\nprompts: film\nexpect: { width: 100.. }",
    planWorld(contents),
  );
  const json = planJson(plan);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json).toMatchObject({
    type: "plan",
    totals: { jobs: 1 },
    balance: { available: 500 },
    problems: [],
  });
  expect(json.jobs[0]).toMatchObject({
    name: "promo",
    reason: "new",
    credits: { low: 50, likely: 100, high: 100 },
    steps: [
      { step: "upload", path: "/work/photos/1.jpg", sizeBytes: 1_200_000, asset: false },
      { step: "turn", turn: "prompt", prompt: "film", atMost: 1 },
      {
        step: "export",
        path: "/work/out/promo.mp4",
        format: "mp4",
        quality: "high",
        expect: { width: { min: 100 } },
      },
    ],
  });
  expect(JSON.stringify(json.jobs[0]?.steps)).not.toContain("draftKey");
});
