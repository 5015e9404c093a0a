import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { proofRounds } from "../support/proof-rounds.ts";
import type { CliResult } from "../support/run-cli.ts";
import { sideBySide } from "../support/side-by-side.ts";
import { finish, openKillWorld, type KillWorld, type Trial } from "./killed-run.ts";

const isProof = process.env["PROOF"] === "1";
const trials = proofRounds("R9", { whole: 100, usual: 8 });
/** They wait more than they work. */
const atOnce = isProof ? 12 : 4;
/** How long a holder stands still at least. */
const stoppedMs = isProof ? 30_000 : 0;
// Stopping at an exact place takes the preloaded points, and seeing that a process stands takes /proc.
const isPossible = process.platform === "linux" && !("Bun" in globalThis) && !("Deno" in globalThis);

let world: KillWorld;
beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(() => world.close());

interface Stopped {
  /** Lets the process go on, and resolves with how it ended. */
  goOn(): Promise<CliResult>;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The program, standing still at a point; undefined where this run did not come by it. */
async function stopAt(trial: Trial, point: string): Promise<Stopped | undefined> {
  const file = join(trial.folder, "pid");
  const over = new AbortController();
  const ended = trial
    .child(["run"], { POINT: point, POINT_SIGNAL: "SIGSTOP", POINT_PID: file })
    .finally(() => over.abort());
  while (!over.signal.aborted) {
    const pid = readPid(file);
    if (pid !== undefined && stateOf(pid) === "T") {
      return {
        goOn: () => {
          process.kill(pid, "SIGCONT");
          return ended;
        },
      };
    }
    await wait(10);
  }
  await ended;
  return undefined;
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function stateOf(pid: number): string | undefined {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

/** A process that stands inside a transaction, or behind the door of the locks, keeps all others waiting for 30 s. */
const keepsAllWaiting = (point: string): boolean =>
  /sql write|before sql COMMIT|after sql BEGIN|rmSync|locks|BEGIN EXCLUSIVE/.test(point);

function pointsToStopAt(): string[] {
  const from = world.points.findIndex((point) => point.includes("job-planned"));
  const usable = world.points.slice(from).filter((point) => isProof || !keepsAllWaiting(point));
  const step = usable.length / trials;
  return Array.from({ length: trials }, (_, index) => usable[Math.floor(index * step)] ?? "");
}

describe.runIf(isPossible)("R9: the holder of a job stands still, and a second process comes", () => {
  it("never both send", { timeout: 3 * 3_600_000 }, async () => {
    const counts = { stopped: 0, busy: 0 };
    await sideBySide(pointsToStopAt().entries(), atOnce, async ([nth, point]) => {
      const trial = world.trial(`stopped-${nth}`);
      const first = await stopAt(trial, point);
      if (first === undefined) return;
      const letGo = wait(stoppedMs);
      const second = [await trial.child(["run"])];
      if (!keepsAllWaiting(point)) second.push(await trial.child(["resume"]));
      const sentBefore = trial.accepted().length;
      await letGo;
      await first.goOn();
      await finish(trial, world, "child").catch((error: unknown) => {
        throw new Error(`stopped ${point}: ${String(error)}; the second: ${JSON.stringify(second)}`);
      });
      counts.stopped += 1;
      if (second.some(({ exitCode }) => exitCode === 75)) counts.busy += 1;
      expect(sentBefore).toBeLessThanOrEqual(2);
    });
    expect(counts.stopped).toBeGreaterThan(trials * 0.8);
    expect(counts.busy).toBeGreaterThan(counts.stopped / 3);
    proven(
      "R9",
      `${counts.stopped} holders stopped at ${counts.stopped} places${isProof ? " for 30 s" : ""}, a second started, the first let go on: 0 prompts sent by both; ${counts.busy} times the second was told that the job is busy`,
    );
  });
});

describe.runIf(isPossible)("R9: the lock is gone although its holder lives", () => {
  // As where somebody clears a state folder by hand: the kernel's lock is on a file that has no name any more.
  const loseLocks = (trial: Trial): void =>
    rmSync(join(trial.folder, ".local/state/nemo-recipe/locks"), { recursive: true });

  it("before the intent: the fence stops the first, which sends nothing", async () => {
    const trial = world.trial("fence-before");
    const first = await stopAt(trial, "heard GET /api/credits/balance/simple #2");
    loseLocks(trial);
    expect((await trial.call(["resume"])).exitCode).toBe(0);
    expect(trial.accepted()).toHaveLength(2);
    const ended = await first?.goOn();
    expect(ended?.exitCode).not.toBe(0);
    expect(ended?.stderr).toContain("another process is driving");
    expect(trial.accepted()).toHaveLength(2);
    expect(await finish(trial, world)).toBe("delivered");
  });

  it("behind the intent: the first sends what is on record, and the second never sends it", async () => {
    const trial = world.trial("fence-behind");
    const first = await stopAt(trial, "after sql COMMIT of turn-sending #1");
    loseLocks(trial);
    expect((await trial.call(["resume"])).exitCode).toBe(75);
    expect(trial.accepted()).toEqual([]);
    const ended = await first?.goOn();
    expect(ended?.stderr).toContain("another process is driving");
    expect(trial.accepted()).toHaveLength(1);
    expect(await finish(trial, world)).toBe("parked");
    expect(trial.accepted()).toHaveLength(1);
  });
});
