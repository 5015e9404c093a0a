import { describe, expect, it } from "vitest";
import { Failure, type FailureFacts } from "../../src/base/failure.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { retryBudget } from "../../src/executor/retry-budget.ts";
import { retrySafely } from "../../src/executor/retry-safely.ts";
import { runJobs } from "../../src/executor/run-jobs.ts";
import type { NemoService } from "../../src/executor/ports.ts";
import { freeSpending } from "../support/free-spending.ts";
import { paperFiles } from "../support/paper-files.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { proven } from "../support/proven.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { stepClock } from "../support/step-clock.ts";
import { fakeBackend } from "../sim/fake-backend.ts";
import { fakeService, noTrouble } from "../sim/fake-service.ts";

const policy = { attempts: 3, delayMs: 2000, maxDelayMs: 60_000 };

/** How long each pause was when all tries fail in the same way, and how many tries there were. */
async function pauses(
  facts: Partial<FailureFacts>,
  { chance = 1, attempts = policy.attempts } = {},
): Promise<{ readonly tries: number; readonly pausesMs: readonly number[] }> {
  const clock = stepClock();
  const at: number[] = [];
  const context = {
    clock,
    chance: () => chance,
    signal: new AbortController().signal,
    tell: () => {},
    retryBudget: retryBudget(),
  };
  const call = async (): Promise<never> => {
    at.push(clock.now());
    throw new Failure({ code: "unreachable", message: "no", sent: "maybe-sent", transient: true, ...facts });
  };
  await clock.run(retrySafely(call, { ...policy, attempts }, context)).catch(() => {});
  return { tries: at.length, pausesMs: at.slice(1).map((ms, index) => ms - (at[index] ?? 0)) };
}

describe("retrySafely", () => {
  it.each<[string, Partial<FailureFacts>, Parameters<typeof pauses>[1], readonly number[]]>([
    ["doubles the pause", {}, { attempts: 8 }, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]],
    ["takes its share of it by chance", {}, { chance: 0.25 }, [500, 1000]],
    ["may not wait at all", {}, { chance: 0 }, [0, 0]],
    ["waits as long as the service asks", { retryAfterMs: 45_000 }, {}, [45_000, 45_000]],
    [
      "waits half a minute where the rate is limited",
      { code: "rate-limited", sent: "rejected" },
      {},
      [30_000],
    ],
    ["once only, after what was asked for", { code: "rate-limited", retryAfterMs: 7000 }, {}, [7000]],
    ["repeats what was not sent", { sent: "not-sent", transient: false }, {}, [2000, 4000]],
    ["leaves a refusal alone", { code: "bad-request", sent: "rejected", transient: false }, {}, []],
  ])("%s", async (_, facts, options, expected) => {
    expect((await pauses(facts, options)).pausesMs).toEqual(expected);
  });

  it("H5: spreads the pauses over their whole range", async () => {
    const random = seededRandom(5);
    const first: number[] = [];
    for (let round = 0; round < 200; round++)
      first.push((await pauses({}, { chance: random.next() })).pausesMs[0] ?? NaN);
    expect(Math.min(...first)).toBeLessThan(100);
    expect(Math.max(...first)).toBeGreaterThan(1900);
    expect(Math.max(...first)).toBeLessThanOrEqual(2000);
  });
});

/** A run of many jobs at a service that answers nothing from one time to another. */
async function outage(jobs: number, untilMs: number): Promise<{ calls: number; finished: number }> {
  const clock = stepClock();
  const startMs = clock.now();
  const random = seededRandom(1);
  const backend = fakeBackend(clock, random);
  const well = fakeService({ backend, clock, random, trouble: () => noTrouble });
  let calls = 0;
  const service: NemoService = {
    ...well,
    openSession: async (...call) => {
      if (clock.now() - startMs >= untilMs) return well.openSession(...call);
      calls += 1;
      throw new Failure({ code: "unreachable", message: "out", sent: "maybe-sent", transient: true });
    },
  };
  const outcome = await clock.run(
    runJobs(
      {
        runId: "run_1",
        orders: Array.from({ length: jobs }, (_, index) => ({
          kind: "planned" as const,
          job: plannedJob({ name: `job-${index}` }),
          reason: "new" as const,
        })),
        concurrency: { all: 4, ofRecipe: () => 4 },
        overwrite: false,
        money: freeSpending,
        signal: new AbortController().signal,
      },
      {
        service,
        journal: memoryJournal(clock),
        files: paperFiles(),
        reporter: { report: () => {} },
        clock,
        hash: sha256,
        newId: (
          (ids) => (prefix: string) =>
            `${prefix}_${ids.next++}`
        )({ next: 0 }),
        chance: () => 0.5,
      },
    ),
  );
  return { calls, finished: outcome.counts.succeeded };
}

describe("H5: an outage", () => {
  it("that lasts is not met with every try of every job", async () => {
    const jobs = 200;
    const { calls, finished } = await outage(jobs, Infinity);
    expect(finished).toBe(0);
    // One call a job, and the repeats that the run has for all of them.
    expect(calls).toBeLessThanOrEqual(jobs + 30);
    expect(calls).toBeGreaterThan(jobs);
    proven(
      "H5",
      `an outage under ${jobs} jobs: ${calls} calls, where each job's three tries would be ${3 * jobs}`,
    );
  });

  it("that passes in seconds is outlived by all", async () => {
    expect((await outage(20, 2500)).finished).toBe(20);
  });
});
