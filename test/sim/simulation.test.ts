import { expect, it } from "vitest";
import { isAtRest, simulate, type Story } from "./simulate.ts";

const seeds = Number(process.env["SIM_SEEDS"] ?? 2_000);
const firstSeed = Number(process.env["SIM_FIRST_SEED"] ?? 1);

/** Prompts of a story that the service took on more than once. */
function paidTwice(story: Story): string[] {
  const seen = new Set<string>();
  return story.accepted.map(({ prompt }) => prompt).filter((prompt) => seen.has(prompt) || !seen.add(prompt));
}

const replay = (seed: number): string => `replay: SIM_SEEDS=1 SIM_FIRST_SEED=${seed} npx vitest run test/sim`;

it(
  `R1, R2: ${seeds} stories of faults and crashes pay nothing twice and lose nothing`,
  { timeout: 300_000 },
  async () => {
    let finished = 0;
    let parked = 0;
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const story = await simulate(seed);
      expect(paidTwice(story), replay(seed)).toEqual([]);
      for (const job of story.jobs) {
        expect(
          isAtRest(job),
          `${job.plan.name} is left ${job.status} (${job.failure?.code}); ${replay(seed)}`,
        ).toBe(true);
        if (job.status === "finished") finished += 1;
        else if (job.status === "needs-you") parked += 1;
      }
    }
    console.log(
      `${seeds} seeds from ${firstSeed}: ${finished} jobs finished, ${parked} parked, 0 paid twice`,
    );
    if (seeds >= 100) expect(finished).toBeGreaterThan(parked);
  },
);

it("R6: the same seed tells the same story", async () => {
  for (let seed = firstSeed; seed < firstSeed + Math.min(seeds, 50); seed++) {
    const [once, again] = [await simulate(seed), await simulate(seed)];
    expect(again.events, replay(seed)).toEqual(once.events);
  }
});
