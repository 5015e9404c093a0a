import { expect, test } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { withDayLimit } from "../../src/cli/unattended-budget.ts";
import { moneyRules, periodsAt } from "../../src/cli/money-rules.ts";
import type { PlannedJob, TurnStep } from "../../src/plan/planned-job.ts";
import { turnCosts } from "../../src/plan/turn-costs.ts";
import { plannedJob } from "../support/planned-job.ts";

const noon = new Date(2026, 10, 20, 12).getTime();
const budget = { perJob: 100, perDay: 500 };
const job = (recipe: string): PlannedJob => ({
  ...plannedJob(recipe === "other" ? {} : { settings: { budget } }),
  recipe,
});
const recipes = [{ name: "promo", file: "promo.yaml" }];
const cloud = { backend: "https://cloud.example", recipes, figures: [] };

test("limits come from flags, config and the job's own recipe, with their beginnings and where they were set", () => {
  const all = { perRun: 300, perMonth: 9000 };
  const { limitsFor } = moneyRules({ ...cloud, config: { budget: all, flagLimit: "run" } });
  const shared = [
    { scope: "run", credits: 300, from: "--max-credits" },
    { scope: "month", credits: 9000, from: "the config", sinceMs: new Date(2026, 10, 1).getTime() },
  ];
  const sinceMs = new Date(2026, 10, 20).getTime();
  const own = (recipe: string, from: string): object[] => [
    { scope: "job", credits: 100, from, recipe },
    { scope: "day", credits: 500, from, recipe, sinceMs },
  ];
  expect(limitsFor(job("promo"), noon)).toEqual([...shared, ...own("promo", "promo.yaml")]);
  expect(limitsFor(job("resumed"), noon)).toEqual([...shared, ...own("resumed", "the recipe resumed")]);
});

test.each([
  ["a day's limit of the flag", {}, 60, { credits: 60, from: "--max-credits" }],
  ["the lower one, of the flag", { perDay: 80 }, 60, { credits: 60, from: "--max-credits" }],
  ["the lower one, of the file", { perDay: 40 }, 60, { credits: 40, from: "the config" }],
  ["that of the file", { perDay: 40 }, undefined, { credits: 40, from: "the config" }],
])("where nobody looks on, the limit says where it was set: %s", (_, budget, maxCredits, expected) => {
  const config = withDayLimit({ budget } as Config, maxCredits);
  const { limitsFor } = moneyRules({ ...cloud, config });
  expect(limitsFor(job("other"), noon)).toMatchObject([{ scope: "day", ...expected }]);
});

test("another recipe has its own", () => {
  const { limitsFor } = moneyRules({ ...cloud, config: { budget: { perRun: 5 } } });
  expect(limitsFor(job("other"), noon)).toEqual([{ scope: "run", credits: 5, from: "the config" }]);
});

test("a turn reserves its high estimate; local ones reserve nothing and have no limits", () => {
  const variant = { turn: "variant" } as TurnStep;
  const prompt = { turn: "prompt" } as TurnStep;
  const samples = [20, 30, 40].map((credits) => ({ turn: "prompt" as const, credits }));
  const figures = [{ recipe: "promo", skill: "image-video", turns: turnCosts(samples, []) }];
  const paid = moneyRules({ ...cloud, figures, config: { budget: {} } });
  const local = moneyRules({ ...cloud, backend: "local", config: { budget: { perRun: 1 } } });
  expect(paid.reserveFor(job("promo"), variant)).toBe(100);
  expect(paid.reserveFor(job("promo"), prompt)).toBe(40);
  expect(paid.reserveFor(job("other"), prompt)).toBe(100);
  expect(local.reserveFor(job("promo"), variant)).toBe(0);
  expect(local.limitsFor(job("promo"), noon)).toEqual([]);
});

test("the first instant of a year begins a day and a month, and the last belongs to those before", () => {
  const newYear = new Date(2027, 0, 1).getTime();
  expect(periodsAt(newYear)).toEqual({ dayMs: newYear, monthMs: newYear });
  expect(periodsAt(newYear - 1)).toEqual({
    dayMs: new Date(2026, 11, 31).getTime(),
    monthMs: new Date(2026, 11, 1).getTime(),
  });
});
