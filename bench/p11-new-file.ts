import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";
import type { BenchRow, Sample } from "./row.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const files = "100";
const photo = join(root, "test/fixtures/media/picture.jpg");

export const p11: BenchRow = {
  id: "P11",
  title: "watch: a new file is noticed",
  says: "The 99th percentile over 100 files of a round: from its last byte, less `settle`, to where a job could begin: it was seen steady, nobody writes it, its end is there, it is hashed. The floor is the system's event alone.",
  rounds: 5,
  async run({ rounds, folder }) {
    const latency = await bundleSubject("watch-latency.ts", folder);
    let round = 0;
    const run = (...more: string[]): Promise<Sample> => {
      const inbox = join(folder, `inbox${round++}`);
      mkdirSync(inbox);
      return latency([inbox, files, photo, ...more]);
    };
    const samples = await takeTurns({ rounds, floor: () => run("bare"), subject: () => run() });
    return [{ name: "p99", floor: "`fs.watch`", ...samples, goals: [{ of: "wall", mostMs: 50 }] }];
  },
};
