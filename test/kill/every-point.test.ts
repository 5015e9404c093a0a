import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { sideBySide } from "../support/side-by-side.ts";
import { finish, openKillWorld, type KillWorld, type Outcome } from "./killed-run.ts";

const isProof = process.env["PROOF"] === "1";
const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);

/** Reads that are repeated while the program waits: after one or two of each, more of them say nothing new. */
const isRepeated = (point: string): boolean =>
  isProof ? /GET .* #(?:[3-9]|\d\d)/.test(point) : /(?:written|heard) GET|GET .* #(?:[2-9]|\d\d)/.test(point);

/** Between the end of one call and the beginning of the next nothing reaches the world: one kill serves for both. */
const isSameAsBefore = (point: string, nth: number, all: readonly string[]): boolean =>
  !isProof && point.startsWith("before ") && all[nth - 1]?.startsWith("after ") === true;

let world: KillWorld;
beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(() => world.close());

interface Killed {
  readonly point: string;
  readonly outcome: Outcome;
}

async function killAt(point: string, nth: number): Promise<Killed | undefined> {
  const trial = world.trial(`trial-${nth}`);
  const { exitCode } = await trial.child(["run", "--quiet"], { POINT: point });
  const outcome = await finish(trial, world, isProof ? "child" : "call").catch((error: unknown) => {
    throw new Error(`killed ${point}: ${error instanceof Error ? error.message : String(error)}`);
  });
  return exitCode === null ? { point, outcome } : undefined;
}

async function killAtEach(points: readonly string[]): Promise<Killed[]> {
  const killed: Killed[] = [];
  await sideBySide(points.entries(), 5, async ([nth, point]) => {
    const one = await killAt(point, nth);
    if (one !== undefined) killed.push(one);
  });
  return killed;
}

// Calls of the runtime are wrapped by a preloaded file: Node's way. On Bun and Deno, kills come from outside only.
describe.runIf(isNode)(
  "R3: killed before and behind every write, every file operation and every request",
  () => {
    it("pays nothing twice and loses nothing", { timeout: 2 * 3_600_000 }, async () => {
      const points = world.points.filter(
        (point, nth, all) => !isRepeated(point) && !isSameAsBefore(point, nth, all),
      );
      expect(points.length).toBeGreaterThan(120);
      const killed = await killAtEach(points);
      // A point that depends on how often the service was asked may not come in another run.
      expect(killed.length).toBeGreaterThan(points.length * 0.95);
      const parked = killed.filter(({ outcome }) => outcome === "parked").map(({ point }) => point);
      // Only between the intent and the service's acceptance can nobody know.
      expect(parked.filter((point) => !/of turn-sending|POST \/run_sse/.test(point))).toEqual([]);
      expect(parked.length).toBeGreaterThan(0);
      proven(
        "R3",
        `${killed.length} kills, one at each point of a run: 0 paid twice, 0 lost, ${parked.length} parked`,
      );
    });
  },
);
