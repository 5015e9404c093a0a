import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import { afterJob, closedBreaker, type Breaker } from "../../src/executor/circuit-breaker.ts";
import type { NemoService, Report, RunOutcome } from "../../src/executor/ports.ts";
import { runJobs } from "../../src/executor/run-jobs.ts";
import type { JobRest } from "../../src/executor/run-outcome.ts";
import type { JobOrder } from "../../src/executor/run-request.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { fakeBackend } from "../sim/fake-backend.ts";
import { fakeService, noTrouble } from "../sim/fake-service.ts";
import { formerJob, type Past } from "../support/former-job.ts";
import { freeSpending } from "../support/free-spending.ts";
import { paperFiles } from "../support/paper-files.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { stepClock } from "../support/step-clock.ts";

type CameToRest = Extract<JobRest, { rest: "came-to-rest" }>;

const came = (past: Past, more: Partial<CameToRest> = {}, backend?: string): JobRest => ({
  rest: "came-to-rest",
  state: formerJob({ ...plannedJob(), ...(backend && { backend }) }, past),
  interrupted: false,
  isFetched: false,
  files: [],
  credits: 0,
  turnsSent: 1,
  ...more,
});

/** W: wasted, S: sound, N: neither. */
const rests: Readonly<Record<string, readonly [JobRest, "W" | "S" | "N"]>> = {
  delivered: [came({ end: "finished" }, { files: ["/out/a.mp4"] }), "S"],
  "delivered without paying": [came({ end: "finished" }, { turnsSent: 0 }), "S"],
  "delivered, then failed": [came({ end: "failed" }, { files: ["/out/a.mp4"] }), "S"],
  "paid and failed": [came({ end: "failed", exports: 0 }), "W"],
  "paid, and not what `expect` asks for": [came({ end: "failed", unmet: ["too long"] }), "W"],
  "failed before it paid": [came({ end: "failed", exports: 0 }, { turnsSent: 0 }), "N"],
  unknown: [came({ steps: 1, next: "unknown", end: "cut-off" }), "W"],
  "found to be unknown, without sending": [
    came({ steps: 1, next: "unknown", end: "cut-off" }, { turnsSent: 0 }),
    "W",
  ],
  "left in flight": [came({ steps: 1, next: "sending", end: "cut-off" }), "W"],
  interrupted: [came({ steps: 1, next: "sending", end: "cut-off" }, { interrupted: true }), "N"],
  "only fetched": [came({ end: "failed", exports: 0 }, { isFetched: true }), "N"],
  "on the local backend": [came({ end: "failed", exports: 0 }, {}, "local"), "N"],
  busy: [{ rest: "busy" }, "N"],
  parked: [{ rest: "parked" }, "N"],
  "up to date": [{ rest: "up-to-date" }, "N"],
  cancelled: [{ rest: "cancelled" }, "N"],
};
const restFor = { W: "paid and failed", S: "delivered", N: "failed before it paid" } as const;

const run = (story: string): Breaker =>
  Array.from(story).reduce((breaker, letter) => {
    const [rest] = rests[restFor[letter as "W" | "S" | "N"]] ?? [];
    return rest === undefined ? breaker : afterJob(breaker, rest);
  }, closedBreaker);

describe("the circuit breaker", () => {
  it.each(Object.entries(rests))("a job that ends %s", (_, [rest, meaning]) => {
    const streak = { W: 2, S: 0, N: 1 }[meaning];
    expect(afterJob({ streak: 1, isOpen: false }, rest)).toEqual({ streak, isOpen: false });
  });

  it.each([
    ["", false],
    ["WW", false],
    ["WWW", true],
    ["WWSW", false],
    ["WWSWWW", true],
    ["WNWNW", true],
    ["SSSWW", false],
    ["WWWS", true],
    ["WWWSSS", true],
  ])("%s: open %s", (story, isOpen) => {
    expect(run(story).isOpen).toBe(isOpen);
  });
});

const lost: NemoService["runTurn"] = () =>
  Promise.reject(new Failure({ code: "service-error", message: "reset", sent: "maybe-sent" }));
const question: NemoService["runTurn"] = async () => ({ end: "closed", texts: ["Which style?"] });
const refused: NemoService["runTurn"] = () =>
  Promise.reject(new Failure({ code: "bad-request", message: "no such thing", sent: "rejected" }));

async function runSeven(
  runTurn: (prompt: string, well: NemoService["runTurn"]) => NemoService["runTurn"],
  backend?: string,
): Promise<{ readonly outcome: RunOutcome; readonly skipped: readonly string[]; readonly accepted: number }> {
  const clock = stepClock();
  const random = seededRandom(7);
  const service = fakeBackend(clock, random);
  const usual = fakeService({ backend: service, clock, random, trouble: () => noTrouble });
  const reports: Report[] = [];
  let ids = 0;
  const orders = Array.from({ length: 7 }, (_, index): JobOrder => {
    const job = {
      ...plannedJob({ name: `job-${index}` }),
      ...(backend && { backend }),
      recipe: `r${index % 2}`,
    };
    return { kind: "planned", job, reason: "new" };
  });
  const outcome = await clock.run(
    runJobs(
      {
        runId: "run_1",
        orders,
        concurrency: { all: 1, ofRecipe: () => 1 },
        overwrite: false,
        money: freeSpending,
        signal: new AbortController().signal,
      },
      {
        service: { ...usual, runTurn: (call, options) => runTurn(call.prompt, usual.runTurn)(call, options) },
        journal: memoryJournal(clock),
        files: paperFiles(),
        reporter: { report: (report) => void reports.push(report) },
        clock,
        hash: sha256,
        newId: (prefix) => `${prefix}_${ids++}`,
        chance: () => random.next(),
      },
    ),
  );
  const skipped = reports.flatMap((report) => (report.type === "job-skipped" ? [report.reason] : []));
  return { outcome, skipped, accepted: service.accepted.length };
}

describe("a run stops by itself", () => {
  it("after three jobs, of whichever recipe, that were paid and brought nothing", async () => {
    const { outcome, skipped } = await runSeven(() => question);
    expect(skipped).toEqual(Array.from({ length: 4 }, () => "held-back"));
    expect(outcome).toMatchObject({ exitCode: 1, counts: { failed: 3, notStarted: 4 } });
  });

  it("after three jobs of which nobody knows whether they were paid: 75", async () => {
    const { outcome, skipped } = await runSeven(() => lost);
    expect(skipped).toHaveLength(4);
    expect(outcome).toMatchObject({ exitCode: 75, counts: { needsYou: 3, notStarted: 4 } });
  });

  it("not after two, nor while deliveries come between, nor for jobs that cost nothing", async () => {
    const two = await runSeven((prompt, well) => (/job-[13]/.test(prompt) ? question : well));
    expect(two.outcome.counts).toEqual({ succeeded: 5, upToDate: 0, failed: 2, needsYou: 0, interrupted: 0 });
    const unpaid = await runSeven(() => refused);
    expect([unpaid.skipped, unpaid.outcome.counts.failed]).toEqual([[], 7]);
  });

  it("never on the local backend", async () => {
    const { skipped, outcome } = await runSeven(() => question, "local");
    expect([skipped, outcome.counts.failed]).toEqual([[], 7]);
  });
});
