import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proofRounds } from "../support/proof-rounds.ts";
import { proven } from "../support/proven.ts";
import { isWhole } from "../support/rounds.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { sideBySide } from "../support/side-by-side.ts";
import { finish, openKillWorld, type KillWorld, type Outcome, type Trial } from "./killed-run.ts";
import { straceMissing, trace } from "./system-calls.ts";

const isProof = process.env["PROOF"] === "1";
const missing = straceMissing();
if (missing !== undefined) console.warn(`R3 inside a write was not looked at: ${missing}`);

let world: KillWorld;
beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(() => world.close());

interface Order {
  readonly name: string;
  /** Resolves with true where the kill came before the end of the run. */
  readonly kill: (trial: Trial) => Promise<boolean>;
}

/** Kills as ordered, four side by side, and finishes each. */
async function killAll(orders: readonly Order[]): Promise<Record<Outcome | "killed", number>> {
  const counts = { delivered: 0, parked: 0, killed: 0 };
  await sideBySide(orders, 4, async ({ name, kill }) => {
    const trial = world.trial(name);
    const killed = await kill(trial);
    const outcome = await finish(trial, world, isProof ? "child" : "call").catch((error: unknown) => {
      throw new Error(`killed at ${name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (!killed) return;
    counts.killed += 1;
    counts[outcome] += 1;
  });
  return counts;
}

describe.runIf(missing === undefined)("R3: killed inside a write of the journal", () => {
  it("at each n-th page and sync of its log", { timeout: 2 * 3_600_000 }, async () => {
    const wal = (trial: Trial): string => `${trial.folder}/.local/state/nemo-recipe/journal.db-wal`;
    const traced = world.trial("measured");
    const { calls } = await trace(
      traced,
      ["run", "--quiet"],
      ["-P", wal(traced), "-e", "trace=pwrite64,fsync,fdatasync"],
    );
    const names = calls.map(({ name }) => name);
    const syncs = names.filter((name) => name !== "pwrite64");
    expect(syncs.length).toBeGreaterThan(15);
    const orders = [...new Set(names)].flatMap((call) => {
      const count = names.filter((name) => name === call).length;
      const every = isProof ? 1 : (call === "pwrite64" ? 12 : 2) * (isWhole ? 1 : 3);
      return Array.from({ length: Math.floor(count / every) }, (_, index) => ({
        call,
        nth: (index + 1) * every,
      }));
    });
    const counts = await killAll(
      orders.map(({ call, nth }) => ({
        name: `${call}-${nth}`,
        kill: async (trial) => {
          const inject = `inject=${call}:signal=SIGKILL:when=${nth}`;
          const { exitCode } = await trace(trial, ["run", "--quiet"], ["-P", wal(trial), "-e", inject]);
          return exitCode !== 0;
        },
      })),
    );
    expect(counts.killed).toBeGreaterThan(orders.length * 0.8);
    proven(
      "R3",
      `${counts.killed} kills between the pages and syncs of journal writes (strace): 0 paid twice, 0 lost, ${counts.parked} parked`,
    );
  });
});

it("R3: killed from outside at any time", { timeout: 2 * 3_600_000 }, async () => {
  const seeds = proofRounds("R3", { whole: 500, usual: isWhole ? 24 : 8 });
  const orders = Array.from({ length: seeds }, (_, index) => {
    const afterMs = seededRandom(index + 1).between(50, 1500);
    const kill = async (trial: Trial): Promise<boolean> => {
      const stop = AbortSignal.timeout(afterMs);
      const options = { signal: stop, killSignal: "SIGKILL" } as const;
      return (await trial.child(["run", "--quiet"], undefined, options)).exitCode === null;
    };
    return { name: `outside-${index + 1}`, kill };
  });
  const counts = await killAll(orders);
  expect(counts.killed).toBeGreaterThan(0);
  proven(
    "R3",
    `${counts.killed} kills from outside at random times: 0 paid twice, 0 lost, ${counts.parked} parked`,
    `1–${seeds}`,
  );
});
