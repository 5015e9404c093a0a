// The long form of the simulation: processes side by side, each with a range of seeds of its own.
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { proofRounds } from "../support/proof-rounds.ts";
import { proven } from "../support/proven.ts";
import { sideBySide } from "../support/side-by-side.ts";

const script = fileURLToPath(new URL("seeds.ts", import.meta.url));
const seeds = proofRounds("R1", { whole: 1_000_000, usual: 200 });
const first = Number(process.env["PROOF_FIRST_SEED"] ?? 1);
/** Small enough that a failure is told soon. */
const perProcess = Math.min(20_000, Math.ceil(seeds / 2));

interface Told {
  readonly crashes: number;
  readonly ended: Readonly<Record<string, number>>;
  readonly broken: readonly { readonly seed: number; readonly promises: readonly string[] }[];
}

async function tell(from: number, count: number): Promise<Told> {
  const runtime = "Deno" in globalThis ? ["run", "-A"] : [];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...runtime, script, `${from}`, `${count}`],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout) as Told;
}

it(`R1, R2: ${seeds} stories, told by several processes`, { timeout: 24 * 3_600_000 }, async () => {
  const starts = Array.from(
    { length: Math.ceil(seeds / perProcess) },
    (_, index) => first + index * perProcess,
  );
  const told: Told[] = [];
  await sideBySide(starts, availableParallelism(), async (from) => {
    const one = await tell(from, Math.min(perProcess, first + seeds - from));
    const replay = one.broken.map(
      ({ seed }) => `SIM_SEEDS=1 SIM_FIRST_SEED=${seed} npx vitest run test/sim/simulation`,
    );
    expect(one.broken, replay[0]).toEqual([]);
    told.push(one);
  });
  const sum = (pick: (one: Told) => number): number => told.reduce((total, one) => total + pick(one), 0);
  const jobs = sum(({ ended }) => Object.values(ended).reduce((total, count) => total + count, 0));
  expect(jobs).toBeGreaterThanOrEqual(seeds);
  const range = `${first}–${first + seeds - 1}`;
  proven("R1", `${seeds} stories with ${sum(({ crashes }) => crashes)} crashes: 0 duplicate sends`, range);
  proven("R2", `${jobs} jobs of ${seeds} stories: 0 lost, 0 unfinished`, range);
});
