import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openJournal } from "../../src/journal/sqlite-journal.ts";
import { startEmulator } from "../../src/emulator/start-emulator.ts";
import { callAt } from "../support/call-at.ts";
import type { CalledCli } from "../support/call-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const bin = fileURLToPath(new URL("../../bin/nemo-recipe.js", import.meta.url));
let dir = "";
beforeEach(() => {
  dir = tempDir();
  writeFileSync(
    join(dir, "promo.yaml"),
    "prompts: make a 1-second video\npoll: { state: 40ms, render: 1s }\n",
  );
});
afterEach(() => {
  if (existsSync(join(dir, "state"))) chmodSync(join(dir, "state"), 0o700);
});

const call = (args: string, apiUrl?: string, stateDir = join(dir, "state")): Promise<CalledCli> =>
  callAt({ dir, apiUrl, token: "nmv_local_state" }, args, { env: { NEMO_RECIPE_STATE_DIR: stateDir } });
const journalFile = (): string => join(dir, "state", "journal.db");

/** Root may write anywhere but into what the kernel itself serves. */
function readOnlyFolder(): string {
  if (process.getuid?.() === 0) return "/sys/nemo-state";
  mkdirSync(join(dir, "state"), { mode: 0o500 });
  return join(dir, "state");
}

/** A process whose files may not grow beyond so many blocks of 512 bytes, as on a disk without room. */
function withFullDisk(
  blocks: number,
  apiUrl: string,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const script = `ulimit -f ${blocks}; trap '' XFSZ; exec "$0" "$@"`;
  const state = join(dir, `full-${blocks}`);
  const child = spawn("sh", ["-c", script, process.execPath, bin, "run", "promo.yaml"], {
    cwd: dir,
    env: {
      PATH: process.env["PATH"],
      HOME: dir,
      NEMO_RECIPE_STATE_DIR: state,
      NEMO_API_URL: apiUrl,
      NEMO_TOKEN: "nmv_local_full",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** What every refusal of a state folder must be: one clear line, a next step, nothing sent, nothing deleted. */
function expectRefusal({ exitCode, stdout, stderr }: CalledCli, message: RegExp, hint: RegExp): void {
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(hint);
  expect(stderr).not.toMatch(/try again|bug:|at .*\.ts/);
}

const commands = ["run promo.yaml", "plan promo.yaml", "status", "resume", "recover", "retry", "runs"];

describe("a state folder that cannot be used", () => {
  test.each(commands)("a journal whose first bytes are damaged: %s", async (command) => {
    mkdirSync(join(dir, "state"));
    writeFileSync(journalFile(), "not a journal ".repeat(500));
    const before = readFileSync(journalFile());
    expectRefusal(await call(command), /is no journal: its first bytes are damaged/, /backup/);
    expect(readFileSync(journalFile()).equals(before)).toBe(true);
  });

  test("a journal that is damaged in the middle is told, with what can be saved", async () => {
    expect((await call("status")).exitCode).toBe(0);
    const bytes = readFileSync(journalFile());
    bytes.fill(0xff, 4096, bytes.length);
    writeFileSync(journalFile(), bytes);
    rmSync(`${journalFile()}-wal`, { force: true });
    expectRefusal(await call("run promo.yaml"), /journal .* is damaged/, /\.recover/);
  });

  test("a folder that may not be written", async () => {
    expectRefusal(await call("run promo.yaml", undefined, readOnlyFolder()), /journal/, /--state-dir/);
    expect(existsSync(join(dir, "out"))).toBe(false);
  });

  test("a file where the folder should be", async () => {
    writeFileSync(join(dir, "state"), "a file");
    expectRefusal(await call("run promo.yaml"), /journal .*state/, /--state-dir/);
    expect(readFileSync(join(dir, "state"), "utf8")).toBe("a file");
  });

  test("a disk that is full: nothing is sent without its record", async () => {
    const service = await startEmulator({ workMs: 50, pace: 0.2 });
    for (const blocks of [16, 150, 220]) {
      const { status, stdout, stderr } = await withFullDisk(blocks, service.url);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/the disk is full|the disk failed under the journal/);
      expect(stderr).not.toMatch(/try again|bug:/);
      if (stderr.includes("the disk is full"))
        expect(stderr).toContain(`nemo-recipe resume --state-dir ${dir}`);
    }
    expect(service.ledger.turns).toHaveLength(0);
    await service.close();
  });

  test("a clock that was set back is told, and the order of what happened does not depend on it", async () => {
    const future = { now: () => Date.now() + 3 * 3_600_000, sleep: async () => undefined };
    const journal = await openJournal({ path: journalFile(), clock: future, onWarning: () => undefined });
    await journal.startRun({ runId: "run_future", recipes: ["promo"] });
    await journal.close();
    const told = /the clock stands 180 minutes before the last run on record .*set it right/;
    const made = await call("run promo.yaml --local");
    expect(made).toMatchObject({
      exitCode: 0,
      stdout: "out/promo.mp4\n",
      stderr: expect.stringMatching(told),
    });
    const again = await call("run promo.yaml --local");
    expect(again.stderr).toContain("up to date");
    expect(again.stderr).not.toMatch(told);
    const newest = JSON.parse((await call("runs --first 1 --json")).stdout) as { runId: string };
    expect(newest.runId).not.toBe("run_future");
  });
});
