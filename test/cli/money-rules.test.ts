import { expect, test } from "vitest";
import { moneyRules } from "../../src/cli/money-rules.ts";
import type { PlannedJob, TurnStep } from "../../src/plan/planned-job.ts";
import type { Recipe } from "../../src/recipe/recipe.ts";

const noon = new Date(2026, 10, 20, 12).getTime();
const recipes = [
  { name: "promo", file: "promo.yaml", budget: { perJob: 100, perDay: 500 } } as unknown as Recipe,
];
const job = (recipe: string): PlannedJob => ({ recipe }) as PlannedJob;
const cloud = { backend: "https://cloud.example", recipes };

test("limits come from flags, config and the job's own recipe, with their beginnings and where they were set", () => {
  const budget = { perRun: 300, perMonth: 9000 };
  expect(moneyRules({ ...cloud, budget, maxCredits: true }).limitsFor(job("promo"), noon)).toEqual([
    { scope: "run", credits: 300, from: "--max-credits" },
    { scope: "month", credits: 9000, from: "the config", sinceMs: new Date(2026, 10, 1).getTime() },
    { scope: "job", credits: 100, from: "promo.yaml", recipe: "promo" },
    {
      scope: "day",
      credits: 500,
      from: "promo.yaml",
      recipe: "promo",
      sinceMs: new Date(2026, 10, 20).getTime(),
    },
  ]);
});

test("another recipe has its own", () => {
  const { limitsFor } = moneyRules({ ...cloud, budget: { perRun: 5 }, maxCredits: false });
  expect(limitsFor(job("other"), noon)).toEqual([{ scope: "run", credits: 5, from: "the config" }]);
});

test("a turn reserves its high estimate; local ones reserve nothing and have no limits", () => {
  const step = { turn: "variant" } as TurnStep;
  const paid = moneyRules({ ...cloud, budget: {}, maxCredits: false });
  const local = moneyRules({ ...cloud, backend: "local", budget: { perRun: 1 }, maxCredits: false });
  expect(paid.reserveFor(job("promo"), step)).toBe(100);
  expect(local.reserveFor(job("promo"), step)).toBe(0);
  expect(local.limitsFor(job("promo"), noon)).toEqual([]);
});
