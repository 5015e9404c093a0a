import { expect, it } from "vitest";
import { brokenPromises } from "./broken-promises.ts";
import { simulate } from "./simulate.ts";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";

const seeds = Number(process.env["SIM_SEEDS"] ?? rounds(10_000));
const firstSeed = Number(process.env["SIM_FIRST_SEED"] ?? 1);

const replay = (seed: number): string =>
  `replay: SIM_SEEDS=1 SIM_FIRST_SEED=${seed} npx vitest run test/sim/simulation`;

it(
  `R1, R2: ${seeds} stories of faults and crashes pay nothing twice and lose nothing`,
  { timeout: 3_600_000 },
  async () => {
    const ended = { finished: 0, parked: 0, failed: 0 };
    let crashes = 0;
    let refused = 0;
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const story = await simulate(seed);
      expect(brokenPromises(story), replay(seed)).toEqual([]);
      crashes += story.lives - 1;
      refused += story.events.filter(
        ({ event }) => event.type === "job-failed" && event.code === "over-budget",
      ).length;
      for (const { status } of story.jobs)
        ended[status === "finished" ? status : status === "failed" ? status : "parked"] += 1;
    }
    console.log(
      `${seeds} seeds from ${firstSeed}, ${crashes} restarts: ${JSON.stringify(ended)}, ${refused} refusals of budgets, 0 paid twice, 0 lost, 0 overspent`,
    );
    const range = `${firstSeed}–${firstSeed + seeds - 1}`;
    proven("R1", `${seeds} stories with ${crashes} crashes: 0 duplicate sends`, range);
    const jobs = ended.finished + ended.parked + ended.failed;
    proven("R2", `${jobs} jobs of ${seeds} stories: 0 lost, 0 unfinished`, range);
    if (seeds >= 100) expect(refused).toBeGreaterThan(seeds / 10);
    if (seeds >= 100) expect(ended.finished).toBeGreaterThan(ended.parked);
  },
);

it("R6: the same seed tells the same story", { timeout: 3_600_000 }, async () => {
  const pairs = Math.min(seeds, 1_000);
  for (let seed = firstSeed; seed < firstSeed + pairs; seed++) {
    const [once, again] = [await simulate(seed), await simulate(seed)];
    expect(again.events, replay(seed)).toEqual(once.events);
  }
  proven("R6", `${pairs} pairs, 0 differences`, `${firstSeed}–${firstSeed + pairs - 1}`);
});
