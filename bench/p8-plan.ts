import type { BenchRow } from "./row.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const jobs = "100000";

export const p8: BenchRow = {
  id: "P8",
  title: "plan of 100,000 jobs, one for each row",
  says: "The whole plan, with its keys, names, reuse and path checks, against the same jobs as plain objects, all built and written as JSON. Memory is that of the process.",
  rounds: 3,
  async run({ rounds, folder }) {
    const plan = await bundleSubject("plan-rows.ts", folder);
    const floor = await bundleSubject("plan-floor.ts", folder);
    const samples = await takeTurns({ rounds, floor: () => floor([jobs]), subject: () => plan([jobs]) });
    const goals = [
      { of: "cpu", mostRatio: 1 },
      { of: "peak", mostRatio: 0.3 },
    ] as const;
    return [{ name: "plan", floor: "plain objects", ...samples, goals }];
  },
};
