import { installPackage } from "./installed-package.ts";
import { measureProcess } from "./measure-process.ts";
import type { BenchRow } from "./row.ts";
import { takeTurns } from "./take-turns.ts";

export const p1: BenchRow = {
  id: "P1",
  title: "`nemo-recipe --version`",
  says: "What it costs to start the program at all, against starting Node and doing nothing. Each sample is the mean of ten starts.",
  rounds: 15,
  async run({ rounds, folder }) {
    const bin = installPackage(folder);
    const command = process.execPath;
    const samples = await takeTurns({
      rounds,
      floor: () => measureProcess({ command, args: ["-e", "0"], times: 10 }),
      subject: () => measureProcess({ command, args: [bin, "--version"], times: 10 }),
    });
    return [{ name: "start", floor: "`node -e 0`", ...samples, goals: [{ of: "cpu", mostRatio: 1.2 }] }];
  },
};
