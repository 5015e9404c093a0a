import { describe, expect, it } from "vitest";
import { Bug } from "../../src/base/assert.ts";
import { Failure } from "../../src/base/failure.ts";
import type { RunPorts } from "../../src/executor/run-request.ts";
import { withoutTurns } from "../../src/executor/without-turns.ts";
import { stateOf } from "../../src/job/fold.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, resumed, world } from "../support/small-world.ts";

/** The plan does not allow exports, until `allow` is called. */
function blocked(): { readonly change: (ports: RunPorts) => Partial<RunPorts>; readonly allow: () => void } {
  let isBlocked = true;
  return {
    allow: () => void (isBlocked = false),
    change: ({ service }) => ({
      service: {
        ...service,
        startRender: async (...call) => {
          if (!isBlocked) return service.startRender(...call);
          throw new Failure({ code: "export-blocked", message: "not on this plan", sent: "rejected" });
        },
      },
    }),
  };
}

describe("a run that may not cost anything", () => {
  it("fetches what was paid and never exported", async () => {
    const { change, allow } = blocked();
    const { run, ports, backend } = world(change);
    expect(await run([order(plannedJob())])).toMatchObject({ exitCode: 1, counts: { needsYou: 1 } });
    const jobId = await onlyJobId(ports.journal);
    expect((await run([resumed(jobId)], { isFree: true })).exitCode).toBe(1);
    allow();
    const fetched = await run([resumed(jobId)], { isFree: true });
    expect(fetched).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"], credits: 0 });
    expect(backend.accepted).toHaveLength(1);
  });

  it("sends no turn, opens no session, and says what is left", async () => {
    const { run, ports, backend } = world();
    const plan = plannedJob({ turns: [{ prompt: "one" }, { prompt: "two" }] });
    await ports.journal.append("job_x", { type: "job-planned", runId: "run_0", plan }, 0);
    const outcome = await run([resumed("job_x")], { isFree: true });
    expect(outcome).toMatchObject({ exitCode: 0, files: [] });
    const state = stateOf(await ports.journal.read("job_x"));
    expect(state).toMatchObject({ status: "failed", failure: { code: "interrupted" } });
    expect(state?.failure?.hint).toContain("nemo-recipe resume job_x");
    expect([state?.session, backend.accepted.length]).toEqual([undefined, 0]);
    expect(await run([resumed("job_x")])).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"] });
    expect(backend.accepted).toHaveLength(2);
  });

  it("finds out what became of a turn that was sent, and fetches it", async () => {
    const { run, clock, ports, backend } = world();
    const stop = new AbortController();
    clock.at(20_000, () => stop.abort(new Error("stopped")));
    await run([order(plannedJob())], { signal: stop.signal });
    const outcome = await run([resumed(await onlyJobId(ports.journal))], { isFree: true });
    expect(outcome).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"] });
    expect(backend.accepted).toHaveLength(1);
  });

  it("has a service on which a turn is a bug", async () => {
    const { ports } = world();
    const service = withoutTurns(ports.service);
    const session = { sessionId: "1", taskId: "t", skill: { name: "image-video", version: "1.0.0" } };
    const { timeouts } = plannedJob().settings;
    await expect(
      service.runTurn({ session, prompt: "a video", timeouts, onSignal: () => undefined }),
    ).rejects.toBeInstanceOf(Bug);
  });
});

describe("a job that another process cancels", () => {
  const twoTurns = (name = "promo"): ReturnType<typeof plannedJob> =>
    plannedJob({ name, turns: [{ prompt: `${name} one` }, { prompt: `${name} two` }] });

  it("stops before its next turn, ends with 1, and goes on when it is resumed", async () => {
    const { run, clock, ports, backend } = world();
    clock.at(5_000, () => void onlyJobId(ports.journal).then((id) => ports.journal.requestStop(id)));
    expect(await run([order(twoTurns())])).toMatchObject({ exitCode: 1, counts: { failed: 1 } });
    const jobId = await onlyJobId(ports.journal);
    expect(stateOf(await ports.journal.read(jobId))).toMatchObject({
      status: "failed",
      failure: { code: "cancelled" },
    });
    expect(backend.accepted).toHaveLength(1);
    expect((await run([resumed(jobId)])).exitCode).toBe(0);
    expect(backend.accepted).toHaveLength(2);
  });

  it("starts no further job of a run that is cancelled", async () => {
    const { run, clock, ports, backend, reports } = world();
    clock.at(5_000, () => void ports.journal.requestStop("run_0"));
    const orders = ["a", "b", "c"].map((name) => order(twoTurns(name)));
    const limits = { all: 1, ofRecipe: () => 1 };
    const outcome = await run(orders, { concurrency: limits, runId: "run_0" });
    expect(outcome).toMatchObject({ exitCode: 1, counts: { failed: 3 } });
    expect(backend.accepted).toHaveLength(1);
    const skipped = reports.flatMap((report) => (report.type === "job-skipped" ? [report.reason] : []));
    expect(skipped).toEqual(["cancelled", "cancelled"]);
  });

  it("still delivers what its last turn made", async () => {
    const { run, clock, ports } = world();
    clock.at(5_000, () => void onlyJobId(ports.journal).then((id) => ports.journal.requestStop(id)));
    expect(await run([order(plannedJob())])).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"] });
    const jobId = await onlyJobId(ports.journal);
    expect(await ports.journal.isStopRequested(jobId)).toBe(false);
  });
});

describe("two that begin the same work at once", () => {
  it("pay once: the second is told that another process is at it", async () => {
    const { run, backend, reports } = world();
    const both = await Promise.all([run([order(plannedJob())]), run([order(plannedJob())])]);
    expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 75]);
    expect(backend.accepted).toHaveLength(1);
    const skipped = reports.flatMap((report) => (report.type === "job-skipped" ? [report.reason] : []));
    expect(skipped).toEqual(["busy"]);
  });

  it("pay once where the first has ended before the second begins, on a plan that is old by then", async () => {
    const { run, backend } = world();
    await run([order(plannedJob())]);
    expect((await run([order(plannedJob())])).exitCode).toBe(75);
    expect(backend.accepted).toHaveLength(1);
  });

  it("pay for a fresh take, which is other work", async () => {
    const { run, backend } = world();
    await run([order(plannedJob())]);
    expect((await run([order({ ...plannedJob(), take: 2 })])).exitCode).toBe(0);
    expect(backend.accepted).toHaveLength(2);
  });

  it("do not go on with a job that another process has brought elsewhere meanwhile", async () => {
    const { run, ports, backend } = world();
    await run([order(plannedJob())]);
    const jobId = await onlyJobId(ports.journal);
    const longer = (prompt: string): ReturnType<typeof plannedJob> =>
      plannedJob({ turns: [{ prompt: "promo: make a video" }, { prompt }] });
    const goOn = (prompt: string) =>
      ({ kind: "planned", job: longer(prompt), reason: "continue", jobId }) as const;
    expect((await run([goOn("add music")])).exitCode).toBe(0);
    expect((await run([goOn("add a title")])).exitCode).toBe(75);
    expect(backend.accepted).toHaveLength(2);
  });
});
