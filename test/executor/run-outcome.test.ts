import { describe, expect, it } from "vitest";
import { applyEvent } from "../../src/job/apply-event.ts";
import type { JobEvent } from "../../src/job/event.ts";
import type { JobState } from "../../src/job/state.ts";
import { Failure } from "../../src/base/failure.ts";
import type { MoneyRules } from "../../src/executor/run-request.ts";
import { runOutcome, type JobRest } from "../../src/executor/run-outcome.ts";
import { formerJob, type Past } from "../support/former-job.ts";
import { plannedJob } from "../support/planned-job.ts";
import { jobsNamed, onlyJobId, order, world } from "../support/small-world.ts";

const plan = plannedJob();
const after = (past: Past, ...events: JobEvent[]): JobState =>
  events.reduce(
    (state, event) => applyEvent(state, { jobId: state.jobId, seq: state.seq + 1, atMs: 0, event }),
    formerJob(plan, past),
  );
const at = (state: JobState, interrupted = false, isFetched = false): JobRest => ({
  rest: "came-to-rest",
  state,
  interrupted,
  isFetched,
  files: [],
  credits: 0,
  turnsSent: 0,
});
const failed = (
  code: "no-credits" | "over-budget" | "cancelled" | "interrupted" | "session-lost",
): JobEvent => ({
  type: "job-failed",
  code,
  message: code,
});
const blocked: JobEvent = { type: "job-needs-you", code: "export-blocked", message: "blocked" };
const cut: Past = { steps: 1, end: "cut-off" };

/** Every way in which a job can come to rest. */
const endings: readonly (readonly [string, JobRest, number])[] = [
  ["delivered", at(after({})), 0],
  ["up to date", { rest: "up-to-date" }, 0],
  ["fetched, with turns left to resume", at(after(cut, failed("interrupted")), false, true), 0],
  ["failed for good", at(after({ end: "failed", exports: 0 })), 1],
  ["session lost after paid work", at(after({ exports: 0, end: "session-lost" })), 1],
  [
    "export blocked: a person must act, and nothing runs",
    at(after({ exports: 0, end: "cut-off" }, blocked)),
    1,
  ],
  ["cancelled", at(after(cut, failed("cancelled"))), 1],
  ["cancelled before it began", { rest: "cancelled" }, 1],
  ["given up by a person", at(after({ steps: 1, next: "dropped", end: "cut-off" })), 1],
  ["no credits", at(after(cut, failed("no-credits"))), 3],
  ["over budget", at(after(cut, failed("over-budget"))), 3],
  ["parked: nobody knows", at(after({ steps: 1, next: "unknown", end: "cut-off" })), 75],
  ["sent, and not yet known", at(after({ steps: 1, next: "sending", end: "cut-off" })), 75],
  ["stream ended, and not yet known", at(after({ steps: 1, next: "closed", end: "cut-off" })), 75],
  [
    "service unreachable while a turn may run",
    at(after({ steps: 1, next: "closed", end: "cut-off" }, blocked)),
    75,
  ],
  ["driven by another process", { rest: "busy" }, 75],
  ["parked since an earlier run", { rest: "parked" }, 75],
  ["interrupted before it began", { rest: "not-started" }, 130],
  [
    "interrupted in the middle of a turn",
    at(after({ steps: 1, next: "sending", end: "cut-off" }), true),
    130,
  ],
  ["delivered just before Ctrl-C", at(after({}), true), 0],
];

describe("the exit code of a run", () => {
  it.each(endings)("%s", (_, rest, exitCode) => {
    expect(runOutcome([rest]).exitCode).toBe(exitCode);
    const done: JobRest = { rest: "up-to-date" };
    expect(runOutcome([done, rest, done]).exitCode).toBe(exitCode);
  });

  it("of every pair is the one that matters most: 130, 75, 1, 3", () => {
    const strongest = [130, 75, 1, 3, 0];
    for (const [, left, first] of endings)
      for (const [, right, second] of endings)
        expect(runOutcome([left, right]).exitCode).toBe(
          strongest.find((code) => code === first || code === second),
        );
  });
});

it("a turn that a budget kept from being sent blurs the cost of no other", async () => {
  const { run, backend } = world();
  const money: MoneyRules = {
    reserveFor: () => 100,
    limitsFor: () => [{ scope: "day", sinceMs: 0, credits: 150, from: "the config" }],
  };
  const outcome = await run(jobsNamed(2), { money });
  expect(outcome).toMatchObject({ exitCode: 3, counts: { succeeded: 1, failed: 1 }, costUnknown: false });
  expect(outcome.credits).toBe(backend.accepted[0]?.cost);
});

it("a turn of which nobody heard the end is told of every five minutes, until its job is parked", async () => {
  const { run, reports } = world(({ service }) => ({
    service: {
      ...service,
      runTurn: async () => {
        throw new Failure({ code: "unreachable", message: "cut", sent: "maybe-sent" });
      },
    },
  }));
  expect(await run([order(plan)])).toMatchObject({ exitCode: 75 });
  const told = reports.flatMap((report) =>
    report.type === "job-signal" && report.signal.type === "warning" ? [report.signal.message] : [],
  );
  expect(told).toEqual([
    expect.stringContaining("nobody heard the end of this turn"),
    "still looking for what became of this turn, 15m more at most",
    "still looking for what became of this turn, 10m more at most",
    "still looking for what became of this turn, 5m more at most",
  ]);
});

describe("a journal that fails in the middle of a run", () => {
  const full = new Failure({ code: "disk-full", message: "the disk is full", sent: "not-sent" });

  it.each([
    ["session-opened", "not-sent", 0, /^the disk is full$/],
    ["turn-sending", "not-sent", 0, /^the disk is full$/],
    ["turn-closed", "maybe-sent", 1, /; a turn may be running at the service$/],
    ["turn-settled", "maybe-sent", 1, /; a turn may be running at the service$/],
    [
      "export-starting",
      "not-sent",
      1,
      /; \d+ credits were paid for promo before, and what they made is kept$/,
    ],
  ] as const)("at %s: %s", async (type, sent, accepted, message) => {
    const { run, backend, ports } = world(({ journal }) => ({
      journal: {
        ...journal,
        append: async (...record) => {
          if (record[1].type === type) throw full;
          return journal.append(...record);
        },
      },
    }));
    const failure = await run([order(plan)]).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ facts: { code: "disk-full", sent } });
    expect(failure).toHaveProperty("facts.message", expect.stringMatching(message));
    expect(backend.accepted).toHaveLength(accepted);
    expect(await onlyJobId(ports.journal)).toMatch(/^job_/);
  });
});
