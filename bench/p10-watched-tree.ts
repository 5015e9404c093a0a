import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findTool } from "./find-tool.ts";
import { measureProcess } from "./measure-process.ts";
import type { BenchRow } from "./row.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const folders = 1_000;
const filesEach = 100;
const idleMs = 20_000;
/** A bare process of this kind holds 50 MB; the goal is less than 60 MB on top. */
const mostBytes = 110_000_000;

export const p10: BenchRow = {
  id: "P10",
  title: "watch: a tree of 100,000 files",
  says: "Ready: every folder is watched and every name known. Idle: what the process takes while nothing happens, of one core.",
  rounds: 9,
  async run({ rounds, folder }) {
    if (findTool("find") === undefined) return [{ name: "ready", remark: "find is not on the PATH" }];
    const root = join(folder, "tree");
    writeTree(root);
    const watch = await bundleSubject("watch-ready.ts", folder);
    const samples = await takeTurns({
      rounds,
      floor: () => measureProcess({ command: "find", args: [root], times: 3 }),
      subject: () => watch([root]),
    });
    const { cpuMs, wallMs } = await watch([root, String(idleMs)]);
    const share = (cpuMs / wallMs) * 100;
    return [
      {
        name: "ready",
        floor: "`find`",
        ...samples,
        goals: [
          { of: "cpu", mostRatio: 4 },
          { of: "peak", mostBytes },
        ],
      },
      { name: "idle", remark: `${share.toFixed(3)} % of a core over 20 s`, met: share <= 0.1 },
    ];
  },
};

function writeTree(root: string): void {
  for (let number = 0; number < folders; number++) {
    const inner = join(root, `d${number % 20}`, `e${number}`);
    mkdirSync(inner, { recursive: true });
    for (let file = 0; file < filesEach; file++) writeFileSync(join(inner, `${file}.jpg`), "");
  }
}
