import { describe, expect, test } from "vitest";
import { tokenLifetime } from "../../src/cli/token-lifetime.ts";
import type { PlannedRunJob, RunPlan } from "../../src/plan/run-plan.ts";
import { plannedJob } from "../support/planned-job.ts";

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
    if (verdict === "refused") expect(seen.refused).toMatchObject({ code: 3 });
  });

  test("is no matter for registered tokens, and where nobody is known yet", () => {
    expect(tokenLifetime({ plan: planOf(9), account: { id: "a", kind: "registered" }, nowMs })).toEqual({});
    expect(tokenLifetime({ plan: planOf(9), nowMs })).toEqual({});
  });
});
