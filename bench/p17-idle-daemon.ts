import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installPackage } from "./installed-package.ts";
import type { BenchRow, Sample } from "./row.ts";
import { takeTurns } from "./take-turns.ts";

const schedules = 50;
const folders = 100;
const filesEach = 100;
const restMs = 10_000;
const idleMs = 60_000;

export const p17: BenchRow = {
  id: "P17",
  title: "an idle daemon: 50 schedules, a watched tree of 10,000 files",
  says: "`nemo-recipe up` ten seconds after all is watched, against a Node that waits for a timer: what each holds then. Idle: what it takes of one core in the minute after, while nothing happens.",
  rounds: 3,
  async run({ rounds, folder }) {
    if (!existsSync("/proc/self/schedstat"))
      return [{ name: "memory", remark: "only Linux tells what a process takes while it runs" }];
    const bin = installPackage(folder);
    const desk = join(folder, "desk");
    writeDesk(desk);
    const up = [bin, "up", "--state-dir", join(folder, "state")];
    const samples = await takeTurns({
      rounds,
      floor: async () => restingSample(["-e", "setInterval(() => {}, 1e9); console.error('ready')"], desk),
      subject: async () => restingSample(up, desk),
    });
    const { cpuMs, wallMs } = await daemon(up, desk, async (pid) => {
      await sleep(restMs);
      return during(pid, idleMs);
    });
    const share = (cpuMs / wallMs) * 100;
    return [
      {
        name: "memory",
        floor: "`node`",
        ...samples,
        goals: [{ of: "peak", mostRatio: 2 }],
      },
      { name: "idle", remark: `${share.toFixed(3)} % of a core over a minute`, met: share <= 0.1 },
    ];
  },
};

function writeDesk(desk: string): void {
  mkdirSync(desk, { recursive: true });
  const names = ["clip.yaml"];
  for (let number = 0; number < schedules; number++) {
    const name = `news-${number}`;
    names.push(`${name}.yaml`);
    writeFileSync(
      join(desk, `${name}.yaml`),
      `name: ${name}\nprompts: make a 10-second video\nschedule: { cron: "${number} 4 1 1 *", timezone: Europe/Paris }\n`,
    );
  }
  writeFileSync(
    join(desk, "clip.yaml"),
    "name: clip\nprompts: make a video of my photo\nwatch: { folder: inbox, existing: skip }\n",
  );
  writeFileSync(
    join(desk, "nemo-recipe.config.yaml"),
    `up: [${names.join(", ")}]\nbudget: { perDay: 100 }\n`,
  );
  for (let number = 0; number < folders; number++) {
    const inner = join(desk, "inbox", `d${number % 10}`, `e${number}`);
    mkdirSync(inner, { recursive: true });
    for (let file = 0; file < filesEach; file++) writeFileSync(join(inner, `${file}.jpg`), "");
  }
}

/** What it took to get ready, and what it holds when it rests. */
function restingSample(args: readonly string[], cwd: string): Promise<Sample> {
  const beganMs = performance.now();
  return daemon(args, cwd, async (pid) => {
    const readyMs = performance.now() - beganMs;
    const cpuMs = cpuOf(pid);
    await sleep(restMs);
    return { cpuMs, wallMs: readyMs, peakBytes: heldBy(pid) };
  });
}

async function during(pid: number, ms: number): Promise<Sample> {
  const before = { cpuMs: cpuOf(pid), atMs: performance.now() };
  await sleep(ms);
  return { cpuMs: cpuOf(pid) - before.cpuMs, wallMs: performance.now() - before.atMs };
}

/** Starts a process that goes on, and ends it after `work`. It is ready when it has said so and is quiet. */
async function daemon<Value>(
  args: readonly string[],
  cwd: string,
  work: (pid: number) => Promise<Value>,
): Promise<Value> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, HOME: cwd, NEMO_API_URL: "http://127.0.0.1:9" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    await new Promise<void>((resolve, reject) => {
      let said = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (/^ready|Watching/m.test(said)) resolve();
      });
      child.once("close", () => reject(new Error(said)));
    });
    if (child.pid === undefined) throw new Error("it did not start");
    return await work(child.pid);
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** Of all its threads, to the nanosecond. */
function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(tasks).map((task) =>
    Number(readFileSync(join(tasks, task, "schedstat"), "utf8").split(" ")[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

function heldBy(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
