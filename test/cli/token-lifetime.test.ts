import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tokenLifetime } from "../../src/cli/token-lifetime.ts";
import { startEmulator } from "../../src/emulator/start-emulator.ts";
import type { PlannedRunJob, RunPlan } from "../../src/plan/run-plan.ts";
import { callAt } from "../support/call-at.ts";
import { plannedJob } from "../support/planned-job.ts";
import { tempDir } from "../support/temp-dir.ts";

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 10, 20, 9);

/** One job of so many turns that are still to be sent: 15 minutes each at most, and 5 for its render. */
function planOf(turns: number): RunPlan {
  const job = plannedJob({ turns: Array.from({ length: turns }, (_, turn) => ({ prompt: `turn ${turn}` })) });
  return { jobs: [{ job, turns: { count: turns, missing: turns } } as PlannedRunJob] } as unknown as RunPlan;
}

const account = (leftMs: number) =>
  ({
    id: "a",
    kind: "anonymous",
    expiresAtMs: nowMs + leftMs,
    registerUrl: "https://site.test/register",
  }) as const;

describe("the end of a token", () => {
  test.each([
    ["far away", 25 * hourMs, 1, "silence"],
    ["within a day", 23 * hourMs, 1, "warning"],
    ["behind the longest job", 4 * hourMs, 15, "warning"],
    ["within the longest job", 4 * hourMs, 16, "refused"],
    ["at once", 0, 1, "refused"],
  ] as const)("%s: %i ms, %i turns: %s", (_, leftMs, turns, verdict) => {
    const seen = tokenLifetime({ plan: planOf(turns), account: account(leftMs), nowMs });
    expect(Object.keys(seen)).toEqual(verdict === "silence" ? [] : [verdict]);
    const text = seen.warning ?? `${seen.refused?.message} ${seen.refused?.hint}`;
    if (verdict !== "silence")
      expect(text).toMatch(/the anonymous token ends in .* https:\/\/site\.test\/register/s);
    if (verdict === "refused") expect(seen.refused).toMatchObject({ exitCode: 3, code: "token-expires" });
  });

  test("is no matter for registered tokens, and where nobody is known yet", () => {
    expect(tokenLifetime({ plan: planOf(9), account: { id: "a", kind: "registered" }, nowMs })).toEqual({});
    expect(tokenLifetime({ plan: planOf(9), nowMs })).toEqual({});
  });
});

test("resume refuses to send what would outlive the token, and warns where nothing is left to send", async () => {
  const dir = tempDir();
  const service = await startEmulator({ faults: "code-2001@2", workMs: 50, pace: 0.2, credits: 1000 });
  try {
    const timing =
      "export: { quality: low }\npoll: { state: 40ms, render: 1s }\ntimeouts: { turn: 60m, change: 300ms }\n";
    const recipe = `prompts: make a 1-second video\nrefinements: make it longer\n${timing}`;
    writeFileSync(join(dir, "promo.yaml"), recipe);
    const call = (...args: string[]) => callAt({ dir, apiUrl: service.url }, args);
    expect((await call("run", "promo.yaml")).exitCode).toBe(3);
    const folder = join(dir, ".config/nemovideo/nemo-recipe-tokens");
    const [name = ""] = readdirSync(folder);
    const token = JSON.parse(readFileSync(join(folder, name), "utf8")) as object;
    const expiresAtMs = Date.now() + 40 * 60_000;
    writeFileSync(join(folder, name), JSON.stringify({ ...token, expiresAtMs }));
    const refused = await call("resume");
    expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining("token-expires")]);
    expect(service.ledger.turns).toHaveLength(1);
    writeFileSync(join(folder, name), JSON.stringify({ ...token, expiresAtMs: Date.now() + 2 * 3_600_000 }));
    const resumed = await call("resume");
    expect(resumed.stderr).toMatch(/warning: the anonymous token ends in/);
    expect(resumed.exitCode).toBe(0);
  } finally {
    await service.close();
  }
});
