import { expect, test } from "vitest";
import { consentFor, type ConsentFacts } from "../../src/cli/consent.ts";
import type { PlannedRunJob, RunPlan } from "../../src/plan/run-plan.ts";

const range = (low: number, high: number): PlannedRunJob["credits"] => ({ low, likely: low, high });

function planOf(jobs: readonly { low: number; high: number; lost?: number }[], available?: number): RunPlan {
  const total = (of: "low" | "high"): number => jobs.reduce((sum, job) => sum + job[of], 0);
  return {
    recipes: [{ name: "promo", file: "promo.yaml", concurrency: 2 }],
    jobs: jobs.map(
      ({ low, high, lost }, index) =>
        ({
          job: { name: `promo-${index + 1}`, recipe: "promo" },
          credits: range(low, high),
          ...(lost !== undefined && { lostCredits: lost }),
        }) as PlannedRunJob,
    ),
    problems: [],
    totals: {
      jobs: jobs.length,
      paying: jobs.filter((job) => job.high > 0).length,
      reasons: {},
      turns: jobs.length,
      uploadBytes: 0,
      credits: range(total("low"), total("high")),
      outputs: jobs.length,
    },
    figures: [],
    notes: [],
    ...(available !== undefined && { balance: { available, frozen: 0, total: available } }),
  };
}

const one = [{ low: 50, high: 100 }];
const two = [...one, ...one];
const facts = (more: Partial<ConsentFacts>): ConsentFacts => ({
  plan: planOf(two, 1000),
  backend: "https://cloud.example",
  budget: {},
  recipeBudgets: new Map(),
  yes: false,
  mayChoose: true,
  topUp: "Top up.",
  nowMs: 0,
  ...more,
});

test.each<[string, Partial<ConsentFacts>, string]>([
  ["one job runs", { plan: planOf(one, 1000) }, "go"],
  ["several ask", {}, "ask"],
  ["--yes answers", { yes: true }, "go"],
  ["--max-credits answers", { budget: { perRun: 200 } }, "go"],
  ["a budget of the recipe answers", { recipeBudgets: new Map([["promo", { perDay: 1000 }]]) }, "go"],
  ["the local backend asks nothing", { backend: "local" }, "go"],
  [
    "nothing to pay asks nothing",
    {
      plan: planOf([
        { low: 0, high: 0 },
        { low: 0, high: 0 },
      ]),
    },
    "go",
  ],
  [
    "paid work that is lost asks even for one",
    { plan: planOf([{ low: 50, high: 100, lost: 80 }], 1000) },
    "ask",
  ],
  ["over --max-credits", { budget: { perRun: 199 }, yes: true }, "refuse"],
  ["over the recipe's perRun", { recipeBudgets: new Map([["promo", { perRun: 150 }]]), yes: true }, "refuse"],
  ["over perJob", { budget: { perJob: 99 }, yes: true }, "refuse"],
  ["a balance below the low estimate", { plan: planOf(two, 99), yes: true }, "refuse"],
  ["an unknown balance", { plan: planOf(two), yes: true }, "go"],
])("%s", (_name, more, verdict) => {
  expect(consentFor(facts(more)).verdict).toBe(verdict);
});

test("between the low and the high estimate it warns", () => {
  expect(consentFor(facts({ plan: planOf(two, 150), yes: true }))).toMatchObject({
    verdict: "go",
    warning: expect.stringContaining("200 credits, and 150 are available"),
  });
});

test("a refusal has exit code 3 and the step that helps", () => {
  expect(consentFor(facts({ plan: planOf(two, 10) }))).toMatchObject({
    stop: { exitCode: 3, code: "no-credits", hint: "Nothing was sent. Top up." },
  });
});

test("the question names the range", () => {
  expect(consentFor(facts({}))).toMatchObject({ question: "2 jobs cost 100 to 200 credits. Go on?" });
});
