import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proven } from "../support/proven.ts";
import { proofRounds } from "../support/proof-rounds.ts";
import { sideBySide } from "../support/side-by-side.ts";
import { openKillWorld, type KillWorld } from "./killed-run.ts";
import { straceMissing, trace, type SystemCall, type TracedRun } from "./system-calls.ts";

const runs = proofRounds("R4", { whole: 50, usual: 5 });
const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);
const missing = straceMissing();
if (missing !== undefined) console.warn(`R4 by system calls was not looked at: ${missing}`);

let world: KillWorld;
beforeAll(async () => {
  world = await openKillWorld();
});
afterAll(() => world.close());

const watched = "trace=pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync";

/** The keys of the turns that a run sent, in their order. */
function sentTurns(stdout: string): string[] {
  const events = stdout.split("\n").flatMap((text) => {
    if (text === "") return [];
    const { type, step } = JSON.parse(text) as { type: string; step?: string };
    return type === "turn-sending" && step !== undefined ? [step] : [];
  });
  return events;
}

interface Order {
  readonly intent: SystemCall;
  readonly sync: SystemCall;
  readonly request: SystemCall;
}

/** For each turn: its intent's first write into the log, the first sync of the log behind it, and its request. */
function orders({ calls, stdout }: TracedRun): Order[] {
  const requests = calls.filter(({ text }) => text.includes("POST /run_sse"));
  const keys = sentTurns(stdout);
  expect(requests).toHaveLength(keys.length);
  return keys.map((key, nth) => {
    const mark = `\\"type\\":\\"turn-sending\\",\\"key\\":\\"${key}\\"`;
    const intent = calls.find(({ name, text }) => name === "pwrite64" && text.includes(mark));
    const sync = calls.find(
      ({ name, text, began }) =>
        /^f(data)?sync$/.test(name) && /-wal>\)\s+= 0/.test(text) && began > (intent?.ended ?? Infinity),
    );
    const request = requests[nth];
    if (intent === undefined || sync === undefined || request === undefined)
      throw new Error(`turn ${nth + 1}: ${JSON.stringify({ intent, sync, request })}`);
    return { intent, sync, request };
  });
}

describe.runIf(missing === undefined)("R4: by system calls", () => {
  it("the intent is synced before the first byte of its prompt leaves", { timeout: 3_600_000 }, async () => {
    let turns = 0;
    const syncs = new Set<string>();
    await sideBySide(Array(runs).keys(), 3, async (run) => {
      const traced = await trace(world.trial(`traced-${run}`), ["run", "--json"], ["-e", watched]);
      // On a busy machine nobody may have waited for the render; all turns were sent by then.
      expect([0, 1], traced.stderr).toContain(traced.exitCode);
      for (const { intent, sync, request } of orders(traced)) {
        expect(intent.text).toMatch(/-wal>/);
        expect(sync.ended).toBeLessThan(request.began);
        syncs.add(sync.name);
        turns += 1;
      }
    });
    expect(turns).toBe(runs * 2);
    proven(
      "R4",
      `${runs} runs, ${turns} turns under strace: write of the intent → ${[...syncs].join(" or ")} of the log → POST /run_sse, in all`,
    );
  });
});

describe.runIf(isNode)("R4: by the runtime's own calls, on every system", () => {
  it("the intent's commit has returned before the request is begun", () => {
    const steps = world.points.filter((point) => /COMMIT of turn-sending|before POST \/run_sse/.test(point));
    expect(steps).toEqual(
      [1, 2].flatMap((nth) => [
        `before sql COMMIT of turn-sending #${nth}`,
        `after sql COMMIT of turn-sending #${nth}`,
        `before POST /run_sse #${nth}`,
      ]),
    );
    // With this, a commit returns when its log is on the disk.
    expect(world.points).toContain("before sql PRAGMA synchronous = FULL #1");
  });
});
