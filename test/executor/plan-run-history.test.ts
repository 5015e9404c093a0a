import { describe, expect, test } from "vitest";
import { publishedCosts } from "../../src/plan/turn-costs.ts";
import type { RunPlan } from "../../src/plan/run-plan.ts";
import { planText } from "../../src/report/plan-text.ts";
import type { Paint } from "../../src/report/paint.ts";
import { planFor, planWorld, type PlanWorld } from "../support/plan-for.ts";
import { plannedJob } from "../support/planned-job.ts";

const same = (text: string): string => text;
const paint: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
const sumLine = (plan: RunPlan): string =>
  /Credits {2}(.*)/.exec(planText(plan, { paint, columns: 100 }))?.[1] ?? "";

/** A world in which turns of some recipe were measured to cost this much. */
async function worldAfter(
  recipe: string,
  costs: readonly number[],
  more: { readonly skill?: string; readonly backend?: string } = {},
): Promise<PlanWorld> {
  const world = planWorld();
  const { skill = "image-video", backend = "https://service.test" } = more;
  for (const [index, cost] of costs.entries()) {
    const plan = { ...plannedJob(), recipe, backend, skill: { name: skill, version: "1.0.0" } };
    const credits = { available: 900, frozen: 0, total: 900 };
    const jobId = `job_${index}`;
    await world.journal.append(jobId, { type: "job-planned", runId: "run_0", plan }, 0);
    const sent = { promptHash: "p", draftBefore: "none", creditsBefore: credits, atMs: 1, overlapped: false };
    await world.journal.append(
      jobId,
      { type: "turn-sending", key: "k", attempt: 1, turn: "prompt", ...sent },
      1,
    );
    await world.journal.append(jobId, { type: "turn-settled", key: "k", changed: true, cost }, 2);
  }
  return world;
}

describe("a plan's credits come from this machine's own history", () => {
  test.each<[string, Parameters<typeof worldAfter>, readonly number[], string]>([
    ["none", ["promo", []], [50, 100, 100], "by the published figures"],
    ["too short", ["promo", [7, 9]], [50, 100, 100], "by the published figures"],
    ["the recipe's", ["promo", [30, 10, 20, 12]], [10, 16, 30], "from 4 turns on this machine"],
    ["the skill's", ["other", [30, 10, 20]], [10, 20, 30], "from 3 turns on this machine"],
    [
      "another skill's",
      ["other", [1, 2, 3], { skill: "joy-image-to-video" }],
      [50, 100, 100],
      "by the published figures",
    ],
    [
      "another backend's",
      ["promo", [1, 2, 3], { backend: "https://b.test" }],
      [50, 100, 100],
      "by the published figures",
    ],
  ])("%s", async (_, past, [low, likely, high], source) => {
    const plan = await planFor("prompts: film", await worldAfter(...past));
    expect(plan.totals.credits).toEqual({ low, likely, high });
    expect(sumLine(plan)).toBe(`${low}–${likely}–${high} (low–likely–high, ${source})`);
  });

  test("what has no history is taken as published, and said so", async () => {
    const world = await worldAfter("promo", [10, 20, 30]);
    const plan = await planFor("prompts: film\nrefinements: warmer", world);
    expect(sumLine(plan)).toContain("from 3 turns on this machine, else by the published figures");
    expect(plan.figures).toEqual([
      {
        recipe: "promo",
        skill: "image-video",
        turns: { ...publishedCosts, prompt: { low: 10, likely: 20, high: 30, from: "recipe", samples: 3 } },
      },
    ]);
    expect(await planFor("prompts: film\nrefinements: warmer", world)).toEqual(plan);
  });

  test("a refinement that may go out twice may cost twice", async () => {
    const plan = await planFor("prompts: film\nrefinements: { prompt: x, unless: { width: 3 }, atMost: 2 }");
    expect(plan.totals.credits).toEqual({ low: 50, likely: 125, high: 300 });
  });

  test("the skill's turns count once, however many recipes read them", async () => {
    const world = await worldAfter("other", [10, 20, 30]);
    const plan = await planFor({ "a.yaml": "prompts: sun", "b.yaml": "prompts: rain" }, world);
    expect(sumLine(plan)).toBe("20–40–60 (low–likely–high, from 3 turns on this machine)");
  });

  test("the local backend has none", async () => {
    const plan = await planFor("prompts: film", await worldAfter("promo", [1, 2, 3]), { backend: "local" });
    expect([plan.figures, plan.totals.credits.high]).toEqual([[], 0]);
  });
});

test("the plan tells what each budget has left", async () => {
  const plan = await planFor("prompts: film");
  const text = planText(
    {
      ...plan,
      budgets: [
        { scope: "day", credits: 300, left: -20, from: "the config" },
        { scope: "month", credits: 9000, left: 40, from: "promo.yaml", recipe: "promo" },
        { scope: "run", credits: 100, left: 100, from: "--max-credits" },
        { scope: "job", credits: 70, left: 70, from: "promo.yaml", recipe: "promo" },
      ],
    },
    { paint, columns: 100 },
  );
  expect(text).toContain(
    [
      "  Budget   -20 of 300 left today (the config)",
      "  Budget   40 of 9000 left this month (promo.yaml)",
      "  Budget   100 a run (--max-credits)",
      "  Budget   70 a job (promo.yaml)",
    ].join("\n"),
  );
});
