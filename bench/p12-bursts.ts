import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";
import type { BenchRow, Finding } from "./row.ts";
import { bundleSubject } from "./subject.ts";

const photo = join(root, "test/fixtures/media/picture.jpg");

export const p12: BenchRow = {
  id: "P12",
  title: "watch: many files at once",
  says: "1,000 files in 610 nested folders that are new, and 20,000 files while the process is blocked with 10 elsewhere: more events than the system's queue holds. A file that is not given out within a minute is lost.",
  rounds: 5,
  async run({ rounds, folder }) {
    const burst = await bundleSubject("watch-burst.ts", folder);
    const all = async (name: string, kind: string): Promise<Finding> => {
      for (let round = 0; round < rounds; round++) {
        const inbox = join(folder, `${kind}${round}`);
        mkdirSync(inbox);
        try {
          await burst([inbox, photo, kind]);
        } catch (error) {
          const lost = /\d+ of \d+ files were lost/.exec(String(error))?.[0];
          return { name, remark: lost ?? String(error), met: false };
        }
      }
      return { name, remark: `all found, ${rounds} times`, met: true };
    };
    return [
      await all("1,000 in new nested folders", "nested"),
      await all("20,000 behind a blocked loop", "blocked"),
    ];
  },
};
