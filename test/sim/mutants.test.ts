import { expect, it } from "vitest";
import { brokenPromises } from "./broken-promises.ts";
import { mutants, spenders } from "./mutants.ts";
import { overspent } from "./overspent.ts";
import { simulate, type Mutation, type Story } from "./simulate.ts";
import { proven } from "../support/proven.ts";

const mostSeeds = 100;

/** What the first story shows that finds the bug; undefined where none does. */
async function find(
  plant: () => Mutation,
  judge: (story: Story) => readonly string[],
): Promise<string | undefined> {
  for (let seed = 1; seed <= mostSeeds; seed++) {
    const found = await simulate(seed, plant()).then(judge, (error: unknown) => [String(error)]);
    if (found.length > 0) return `found at seed ${seed}: ${found[0]}`;
  }
  return undefined;
}

/** A budget would give most bugs away sooner than what they break. */
function brokenWithoutBudget(story: Story): readonly string[] {
  const { budget: _, ...rest } = story;
  return brokenPromises(rest);
}

it.each(Object.entries(mutants))("R7: the simulator sees a planted bug: %s", async (name, plant) => {
  const found = await find(plant, brokenWithoutBudget);
  expect(found, `${name} within ${mostSeeds} seeds`).toBeDefined();
  proven("R7", `${name}: ${found?.split(":")[0]}`, `1–${mostSeeds}`);
});

it.each(Object.entries(spenders))("the simulator sees a planted bug: %s", async (name, plant) => {
  const found = await find(plant, overspent);
  expect(found, `${name} within ${mostSeeds} seeds`).toBeDefined();
  console.log(`${name}: ${found}`);
});
