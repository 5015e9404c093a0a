import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOf } from "../../src/job/fold.ts";
import { openForTest } from "../journal/open-for-test.ts";
import { proven } from "../support/proven.ts";
import { isWhole } from "../support/rounds.ts";
import { finish, openKillWorld, type KillWorld, type Trial } from "./killed-run.ts";

const isProof = process.env["PROOF"] === "1";
const bin = fileURLToPath(new URL("../../bin/nemo-recipe.js", import.meta.url));
const runtime = "Deno" in globalThis ? ["run", "-A"] : [];
const isUnix = process.platform !== "win32";
const mayMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
if (!mayMount) console.warn("R10 on a real full disk was not looked at: this user may not mount one");

let world: KillWorld;
beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(() => world.close());

interface Shell {
  readonly command: string;
  readonly args: readonly string[];
}

/** A disk of so many pages under the state folder; what is on it is copied to `kept` when the run is over. */
const smallDisk = (pages: number, folder: string, kept: string): Shell => ({
  command: "unshare",
  args: [
    "-m",
    "sh",
    "-c",
    `mount -t tmpfs -o size=${pages * 4}k tmpfs ${folder} || exit 99; "$@"; code=$?; cp -r ${folder}/. ${kept}; exit $code`,
    "sh",
  ],
});

/** Files that may not grow beyond so many pages. */
const smallFiles = (pages: number, folder: string, kept: string): Shell => ({
  command: "sh",
  args: [
    "-c",
    `trap '' XFSZ; (ulimit -f ${pages * 8}; "$@"); code=$?; cp -r ${folder}/. ${kept}; exit $code`,
    "sh",
  ],
});

function runIn({ command, args }: Shell, trial: Trial, stateDir: string): Promise<number | null> {
  const child = spawn(
    command,
    [...args, process.execPath, ...runtime, bin, "run", "--quiet", "--state-dir", stateDir],
    {
      cwd: trial.folder,
      env: { PATH: process.env["PATH"], HOME: trial.folder, LC_ALL: "C.UTF-8", ...trial.env },
      stdio: "ignore",
    },
  );
  return new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
}

/** Intents on record, of all jobs in a journal that may have been cut off before it had any table. */
async function intents(path: string): Promise<number> {
  const journal = await openForTest(path);
  const jobs = await journal.findJobs("");
  const states = await Promise.all(jobs.map(async ({ jobId }) => stateOf(await journal.read(jobId))));
  await journal.close();
  return states.reduce((sum, state) => sum + (state?.turns.size ?? 0), 0);
}

async function fillAt(
  trial: Trial,
  shellFor: (folder: string, kept: string) => Shell,
): Promise<"refused" | "fitted"> {
  const small = join(trial.folder, "small");
  const kept = join(trial.folder, ".local/state/nemo-recipe");
  mkdirSync(small);
  mkdirSync(kept, { recursive: true });
  const exitCode = await runIn(shellFor(small, kept), trial, small);
  expect(exitCode).not.toBe(99);
  const sent = trial.accepted().length;
  expect(await intents(join(kept, "journal.db"))).toBeGreaterThanOrEqual(sent);
  // With room again, it goes on where it stopped.
  await finish(trial, world);
  return exitCode === 0 ? "fitted" : "refused";
}

async function fillAll(name: string, sizes: readonly number[], shell: typeof smallDisk): Promise<number> {
  let refused = 0;
  for (const pages of sizes) {
    const outcome = await fillAt(world.trial(`${name}-${pages}`), (folder, kept) =>
      shell(pages, folder, kept),
    );
    if (outcome === "refused") refused += 1;
  }
  return refused;
}

/** From a disk that has no room for the first record up to one that has it for all. */
const sizes = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.round(from + ((to - from) * index) / (count - 1)));

describe.runIf(mayMount)("R10: the disk of the journal is full", () => {
  it("sends nothing behind an intent that is not kept", { timeout: 600_000 }, async () => {
    const refused = await fillAll("disk", sizes(30, 110, isProof ? 81 : isWhole ? 8 : 4), smallDisk);
    expect(refused).toBeGreaterThan(isProof ? 23 : isWhole ? 2 : 0);
    proven(
      "R10",
      `${refused} runs on a disk that was full at another record each: 0 sends behind a failed intent`,
    );
  });
});

describe.runIf(isUnix)("R10: files may not grow", () => {
  it("sends nothing behind an intent that is not kept", { timeout: 600_000 }, async () => {
    const refused = await fillAll("files", sizes(20, 70, isProof ? 51 : isWhole ? 6 : 3), smallFiles);
    expect(refused).toBeGreaterThan(isProof ? 15 : isWhole ? 2 : 0);
    proven(
      "R10",
      `${refused} runs whose journal may not grow at another record each: 0 sends behind a failed intent`,
    );
  });
});
