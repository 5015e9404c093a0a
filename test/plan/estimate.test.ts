import { describe, expect, test } from "vitest";
import { estimateCredits, publishedCredits, sumCredits } from "../../src/plan/estimate.ts";
import type { TurnStep } from "../../src/plan/planned-job.ts";
import { plannedJob } from "../support/planned-job.ts";

const turn = (more: Partial<TurnStep>): TurnStep => ({
  kind: "turn",
  key: "key",
  turn: "refinement",
  prompt: "warmer",
  atMost: 1,
  ...more,
});
const unless = { duration: { min: 1 } };

describe("estimateCredits", () => {
  test.each([
    [turn({ turn: "prompt" }), [50, 100, 100]],
    [turn({ turn: "variant" }), [50, 100, 100]],
    [turn({}), [10, 25, 100]],
    [turn({ unless }), [0, 25, 100]],
    [turn({ unless, atMost: 3 }), [0, 25, 300]],
  ])("a turn %# costs low, likely, high", (step, [low, likely, high]) => {
    expect(estimateCredits([step], "https://service.test")).toEqual({ low, likely, high });
    expect(estimateCredits([step], "local")).toEqual({ low: 0, likely: 0, high: 0 });
  });

  test("uploads and exports cost nothing, turns add up", () => {
    const { steps } = plannedJob({ uploads: 3, turns: [{ prompt: "a" }, { prompt: "b" }], exports: 2 });
    expect(estimateCredits(steps, "https://service.test")).toEqual({ low: 100, likely: 200, high: 200 });
    expect(sumCredits([])).toEqual({ low: 0, likely: 0, high: 0 });
  });

  test("the table is in order", () => {
    for (const { low, likely, high } of Object.values(publishedCredits)) {
      expect(low).toBeLessThanOrEqual(likely);
      expect(likely).toBeLessThanOrEqual(high);
    }
  });
});
