import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "./installed-package.ts";
import { measureProcess } from "./measure-process.ts";
import { root } from "./root.ts";
import type { BenchRow } from "./row.ts";
import { takeTurns } from "./take-turns.ts";

export const p2: BenchRow = {
  id: "P2",
  title: "`validate` of a 60-line recipe",
  says: "The shortest command that reads YAML, checks it against the schema and judges it. Each sample is the mean of five starts; memory is taken from single starts.",
  rounds: 15,
  async run({ rounds, folder }) {
    const bin = installPackage(folder);
    const recipe = join(folder, "recipe.yaml");
    copyFileSync(join(root, "bench/sixty-lines.yaml"), recipe);
    const command = process.execPath;
    const empty = ["-e", "0"];
    const validate = [bin, "validate", recipe];
    const time = await takeTurns({
      rounds,
      floor: () => measureProcess({ command, args: empty, times: 5 }),
      subject: () => measureProcess({ command, args: validate, times: 5 }),
    });
    const memory = await takeTurns({
      rounds,
      floor: () => measureProcess({ command, args: empty }),
      subject: () => measureProcess({ command, args: validate }),
    });
    return [
      { name: "time", floor: "`node -e 0`", ...time, goals: [{ of: "cpu", mostRatio: 2.4 }] },
      { name: "memory", floor: "`node -e 0`", ...memory, goals: [{ of: "peak", mostRatio: 1.5 }] },
    ];
  },
};
