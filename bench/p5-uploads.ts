import { join } from "node:path";
import { findTool } from "./find-tool.ts";
import { makeFile } from "./make-file.ts";
import { measureProcess } from "./measure-process.ts";
import type { BenchRow } from "./row.ts";
import { startServer } from "./start-server.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const sizeBytes = 200_000_000;
const atOnce = 8;

export const p5: BenchRow = {
  id: "P5",
  title: "8 uploads of 200 MB at once",
  says: "Eight uploads in one process against `curl -Z`; and the memory of eight against the memory of one.",
  rounds: 5,
  async run({ rounds, folder }) {
    if (findTool("curl") === undefined) return [{ name: "uploads", remark: "curl is not on the PATH" }];
    const path = makeFile(join(folder, "clip.mp4"), sizeBytes);
    const server = await startServer("bulk-server.ts", ["0"]);
    const url = `http://127.0.0.1:${server.port}`;
    const upload = await bundleSubject("upload.ts", folder);
    const one = ["-s", "-f", "-F", `files=@${path}`, url];
    const args = [
      "-Z",
      "--parallel-immediate",
      ...Array.from({ length: atOnce }, () => [...one, "--next"]).flat(),
    ];
    try {
      const together = await takeTurns({
        rounds,
        floor: () => measureProcess({ command: "curl", args: args.slice(0, -1) }),
        subject: () => upload([url, path, String(atOnce)]),
      });
      const memory = await takeTurns({
        rounds,
        floor: () => upload([url, path]),
        subject: () => upload([url, path, String(atOnce)]),
      });
      return [
        { name: "eight", floor: "`curl -Z`", ...together, goals: [{ of: "cpu", mostRatio: 1.3 }] },
        { name: "memory", floor: "one upload", ...memory, goals: [{ of: "peak", mostRatio: 1.4 }] },
      ];
    } finally {
      await server.close();
    }
  },
};
