import { expect, it } from "vitest";
import { overBudget } from "../../src/job/over-budget.ts";

const spending = { measured: 60, unmeasured: 0, reserved: 0 };
const hintOf = (limit: Parameters<typeof overBudget>[0]): string | undefined =>
  overBudget(limit, { spending, reserve: 50 })?.facts.hint;

it.each([
  [
    { scope: "run", credits: 100, from: "--max-credits" },
    /^the turn was not sent; raise the limit \(--max-credits\)$/,
  ],
  [{ scope: "day", credits: 100, from: "the config" }, /\(the config\), or wait until tomorrow$/],
  [
    { scope: "job", credits: 100, from: "promo.yaml", recipe: "promo" },
    /\(promo\.yaml\); the same `nemo-recipe run` or `nemo-recipe watch` then goes on from here and pays nothing twice$/,
  ],
] as const)("what has no room under %j says how to go on", (limit, hint) => {
  expect(hintOf(limit)).toMatch(hint);
});

it("what fits just so is sent", () => {
  expect(hintOf({ scope: "run", credits: 110, from: "--max-credits" })).toBeUndefined();
  expect(hintOf({ scope: "run", credits: NaN, from: "--max-credits" })).toBeDefined();
});
