import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { root } from "./root.ts";
import type { BenchRow, Comparison } from "./row.ts";
import { startFlow } from "./start-flow.ts";
import { takeTurns, type Turns } from "./take-turns.ts";

const handWritten = join(root, "bench/hand-written.mjs");

export const p9: BenchRow = {
  id: "P9",
  title: "the whole flow, 1,000 jobs",
  says: "`nemo-recipe run` from start to exit, with journal on disk, hashes, checks and synced files, eight jobs at once, against a script of 65 lines on global fetch. The server answers at once, so that nothing but our own work is seen. The first script makes the calls that tell whether a turn is over, as the product must (16 a job); the second trusts the stream's end (7 a job).",
  rounds: 3,
  async run({ rounds, folder }) {
    const flow = await startFlow(installPackage(folder), folder);
    try {
      const subject = flow.product;
      const careful = { rounds, subject, floor: () => flow.script(handWritten, ["settle"]) };
      const short = { rounds, subject, floor: () => flow.script(handWritten) };
      return [
        await compare("as many calls", "a script with the same calls", careful),
        await compare("half the calls", "the shortest script", short),
      ];
    } finally {
      await flow.close();
    }
  },
};

async function compare(name: string, floor: string, turns: Turns): Promise<Comparison> {
  const goals = [
    { of: "cpu", mostRatio: 0.9 },
    { of: "wall", mostRatio: 1 },
  ] as const;
  return { name, floor, ...(await takeTurns(turns)), goals };
}
