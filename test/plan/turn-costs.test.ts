import { describe, expect, test } from "vitest";
import { estimateCredits, publishedCredits } from "../../src/plan/estimate.ts";
import { publishedCosts, turnCosts, type CostSample } from "../../src/plan/turn-costs.ts";
import type { TurnStep } from "../../src/plan/planned-job.ts";

const samples = (credits: readonly number[], turn: TurnStep["turn"] = "prompt"): CostSample[] =>
  credits.map((cost) => ({ turn, credits: cost }));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => count - index);

describe("turnCosts", () => {
  test.each<[string, CostSample[], CostSample[], object]>([
    ["no history", [], [], { ...publishedCredits.prompt, from: "published", samples: 0 }],
    ["two turns are too few", samples([1, 2]), [], { from: "published", samples: 0 }],
    [
      "three of the recipe",
      samples([30, 10, 20]),
      [],
      { low: 10, likely: 20, high: 30, from: "recipe", samples: 3 },
    ],
    [
      "three of the skill",
      samples([1, 2]),
      samples([1, 2, 60]),
      { low: 1, likely: 2, high: 60, from: "skill" },
    ],
    ["the recipe before the skill", samples([5, 5, 5]), samples([9, 9, 9, 9]), { high: 5, from: "recipe" }],
    ["an even number", samples([10, 20, 25, 90]), [], { low: 10, likely: 23, high: 90 }],
    ["the tenth of a hundred", samples(upTo(100)), [], { low: 10, likely: 51, high: 100, samples: 100 }],
    ["what cost nothing tells nothing", samples([0, 0, 0, 40, 50]), [], { from: "published" }],
    ["nothing among others", samples([0, 40, 50, 60]), [], { low: 40, likely: 50, high: 60, samples: 3 }],
    ["another kind of turn", samples([1, 2, 3], "refinement"), [], { from: "published" }],
  ])("%s", (_, ofRecipe, ofSkill, prompt) => {
    expect(turnCosts(ofRecipe, ofSkill).prompt).toMatchObject(prompt);
  });

  test("each kind of turn has its own history", () => {
    const costs = turnCosts(
      [...samples([10, 11, 12], "refinement"), ...samples([80, 90, 95], "variant")],
      [],
    );
    expect([costs.prompt.high, costs.refinement.high, costs.variant.high]).toEqual([100, 12, 95]);
    expect(publishedCosts.variant).toEqual({ ...publishedCredits.variant, from: "published", samples: 0 });
  });

  test("an estimate by history counts what `unless` and `atMost` allow", () => {
    const costs = turnCosts(samples([10, 20, 30], "refinement"), []);
    const step: TurnStep = { kind: "turn", key: "k", turn: "refinement", prompt: "warmer", atMost: 3 };
    const cloud = "https://service.test";
    expect(estimateCredits([step], cloud, costs)).toEqual({ low: 10, likely: 20, high: 30 });
    const unless = { duration: { min: 1 } };
    expect(estimateCredits([{ ...step, unless }], cloud, costs)).toEqual({ low: 0, likely: 20, high: 90 });
  });
});
