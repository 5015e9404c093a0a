import { expect, it } from "vitest";
import { brokenPromises } from "./broken-promises.ts";
import { mutants } from "./mutants.ts";
import { simulate } from "./simulate.ts";

const mostSeeds = 100;

it.each(Object.entries(mutants))(
  "R7: the simulator sees a planted bug: %s",
  { timeout: 120_000 },
  async (name, plant) => {
    for (let seed = 1; seed <= mostSeeds; seed++) {
      const found = await simulate(seed, plant()).then(brokenPromises, (error: unknown) => [String(error)]);
      if (found.length > 0) {
        console.log(`${name}: found at seed ${seed}: ${found[0]}`);
        return;
      }
    }
    expect.unreachable(`${name} was not found within ${mostSeeds} seeds`);
  },
);
