import { mkdirSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { findTool } from "./find-tool.ts";
import { makeFile } from "./make-file.ts";
import { measureProcess } from "./measure-process.ts";
import type { BenchRow, Finding, Goal, Sample } from "./row.ts";
import { bundleSubject } from "./subject.ts";
import { takeTurns } from "./take-turns.ts";

const largeBytes = 199_000_000;
const many = { count: 10_000, sizeBytes: 20_000 };
const jpegHead = Buffer.from("ffd8ffe000104a46494600010100", "hex");

export const p16: BenchRow = {
  id: "P16",
  title: "hashing inputs",
  says: "What a plan does with its inputs: find, look at the first bytes, hash, look whether they changed meanwhile. From the system's cache, as after copying.",
  rounds: 7,
  async run({ rounds, folder }) {
    const hash = await bundleSubject("hash-files.ts", folder);
    const large = makeFile(join(folder, "large.jpg"), largeBytes);
    const photos = join(folder, "photos");
    writePhotos(photos);
    const shell = (script: string) => async (): Promise<Sample> => {
      const { cpuMs, wallMs } = await measureProcess({ command: "bash", args: ["-c", script] });
      return { cpuMs, wallMs };
    };
    const compare = async (task: Task): Promise<Finding> => {
      if (findTool(task.tool, task.flag) === undefined)
        return { name: task.name, remark: `${task.tool} is not on the PATH` };
      const samples = await takeTurns({
        rounds,
        floor: shell(task.script),
        subject: () => hash([task.path]),
      });
      const goal: Goal = { of: "cpu", mostRatio: task.mostRatio };
      return { name: task.name, floor: `\`${task.says}\``, ...samples, goals: [goal] };
    };
    return [
      await compare({
        name: "one file of 199 MB",
        tool: "openssl",
        flag: "version",
        path: large,
        script: `openssl dgst -sha256 "${large}"`,
        says: "openssl dgst -sha256",
        mostRatio: 1.2,
      }),
      await compare({
        name: "10,000 files of 20 KB",
        tool: "sha256sum",
        flag: "--version",
        path: photos,
        script: `find "${photos}" -type f -print0 | xargs -0 sha256sum`,
        says: "find | xargs sha256sum",
        mostRatio: 0.5,
      }),
    ];
  },
};

interface Task {
  readonly name: string;
  readonly tool: string;
  /** What makes the tool say its version. */
  readonly flag: string;
  readonly path: string;
  readonly script: string;
  readonly says: string;
  readonly mostRatio: number;
}

function writePhotos(folder: string): void {
  mkdirSync(folder);
  const noise = randomBytes(many.sizeBytes - jpegHead.length - 4);
  for (let index = 0; index < many.count; index++) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(index);
    writeFileSync(join(folder, `${index}.jpg`), Buffer.concat([jpegHead, number, noise]));
  }
}
