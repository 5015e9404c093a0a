import { figuresOf, type Figures } from "../judge.ts";
import type { Sample } from "../row.ts";

/** A program that does the task. */
export interface Contestant {
  /** With its version. */
  readonly name: string;
  run(): Promise<Sample>;
}

/** One task, done by the floor, by us and by our peers. */
export interface Contest {
  /** Of the goal that it belongs to. */
  readonly id: string;
  readonly task: string;
  readonly floor: Contestant;
  readonly contestants: readonly Contestant[];
}

export interface Standing {
  readonly name: string;
  readonly figures: Figures;
}

/** Each after the other in every round, so that a machine that is busy for a while is busy for all. */
export async function runContest(contest: Contest, rounds: number): Promise<Standing[]> {
  const all = [contest.floor, ...contest.contestants];
  const samples: Sample[][] = all.map(() => []);
  // The first of each warms the disk's cache and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, contestant] of all.entries()) {
      const sample = await contestant.run();
      if (round > 0) samples[index]?.push(sample);
    }
  }
  const [floors = []] = samples;
  return contest.contestants.map(({ name }, index) => ({
    name,
    figures: figuresOf({ name, floor: "", floors, subjects: samples[index + 1] ?? [], goals: [] }),
  }));
}
