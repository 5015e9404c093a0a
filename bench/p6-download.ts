import { rmSync } from "node:fs";
import { join } from "node:path";
import { findTool } from "./find-tool.ts";
import { measureProcess } from "./measure-process.ts";
import type { BenchRow, Sample } from "./row.ts";
import { startServer } from "./start-server.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const sizeBytes = 200_000_000;
const mostBytes = 160_000_000;

export const p6: BenchRow = {
  id: "P6",
  title: "download of 200 MB to disk with SHA-256",
  says: "The client's own download: hashed on the way, synced, closed. The first floor is not synced, the client always is; the second is, and has no hash.",
  rounds: 7,
  async run({ rounds, folder }) {
    const lacking = ["curl", "sha256sum", "sync"].filter((tool) => findTool(tool) === undefined);
    if (lacking.length > 0) return [{ name: "download", remark: `not on the PATH: ${lacking.join(", ")}` }];
    const server = await startServer("bulk-server.ts", [String(sizeBytes)]);
    const url = `http://127.0.0.1:${server.port}`;
    const file = `${url}/file.mp4`;
    const download = await bundleSubject("download.ts", folder);
    const [theirs, ours] = [join(folder, "theirs.mp4"), join(folder, "ours.mp4")];
    const shell = (script: string) => async (): Promise<Sample> => {
      for (const path of [theirs, ours]) rmSync(path, { force: true });
      const args = ["-c", script, "bench", file, theirs];
      const { cpuMs, wallMs } = await measureProcess({ command: "bash", args });
      // The peak would be the shell's.
      return { cpuMs, wallMs };
    };
    const subject = (): Promise<Sample> => {
      for (const path of [theirs, ours]) rmSync(path, { force: true });
      return download([url, file, ours]);
    };
    try {
      const hashed = shell('curl -s -f -o "$2" "$1" && sha256sum "$2"');
      const synced = shell('curl -s -f -o "$2" "$1" && sync -d "$2"');
      const first = await takeTurns({ rounds, floor: hashed, subject });
      const second = await takeTurns({ rounds, floor: synced, subject });
      return [
        {
          name: "hashed",
          floor: "`curl -o`, then `sha256sum`",
          ...first,
          goals: [
            { of: "cpu", mostRatio: 0.55 },
            { of: "peak", mostBytes },
          ],
        },
        {
          name: "synced",
          floor: "`curl -o`, then `sync -d`",
          ...second,
          goals: [{ of: "wall", mostRatio: 1.3 }],
        },
      ];
    } finally {
      await server.close();
    }
  },
};
