import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { stateOf } from "../../src/job/fold.ts";
import type { Report } from "../../src/executor/ports.ts";
import type { RunPorts } from "../../src/executor/run-request.ts";
import { plannedJob } from "../support/planned-job.ts";
import { jobsNamed, onlyJobId, order, resumed, world } from "../support/small-world.ts";

const eventTypes = (reports: readonly Report[]): JobEvent["type"][] =>
  reports.flatMap((report) => (report.type === "job-event" ? [report.event.type] : []));

describe("a run", () => {
  it("takes a job from its plan to its delivered file, and tells each step", async () => {
    const { run, reports, backend } = world();
    const outcome = await run([order(plannedJob())]);
    expect(outcome).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"], counts: { succeeded: 1 } });
    expect(outcome.credits).toBe(backend.accepted[0]?.cost);
    expect([...new Set(eventTypes(reports))]).toEqual([
      "job-planned",
      "session-opened",
      "upload-sending",
      "file-uploaded",
      "turn-sending",
      "turn-closed",
      "turn-settled",
      "export-starting",
      "export-progress",
      "export-ready",
      "file-placing",
      "file-delivered",
      "job-finished",
    ]);
  });

  it.each([
    [{ all: 2, ofRecipe: () => 9 }, 2],
    [{ all: 9, ofRecipe: () => 3 }, 3],
  ])("keeps within both limits: %o", async (concurrency, most) => {
    let running = 0;
    let peak = 0;
    const { run } = world(({ service }) => ({
      service: {
        ...service,
        runTurn: async (...call) => {
          peak = Math.max(peak, (running += 1));
          return service.runTurn(...call).finally(() => (running -= 1));
        },
      },
    }));
    const outcome = await run(jobsNamed(8), { concurrency });
    expect(outcome.counts.succeeded).toBe(8);
    expect(peak).toBe(most);
  });

  it("goes on with the other jobs when one fails, and ends with 1", async () => {
    const { run } = world(({ service }) => ({
      service: {
        ...service,
        uploadFile: async (request, options) => {
          if (request.source.name !== "job-1-0.jpg") return service.uploadFile(request, options);
          throw new Failure({ code: "file-refused", message: "not taken", sent: "rejected" });
        },
      },
    }));
    expect(await run(jobsNamed(3))).toMatchObject({ exitCode: 1, counts: { succeeded: 2, failed: 1 } });
  });

  it("ends with 3 where the account does not cover the turn, and sends nothing more", async () => {
    let sent = 0;
    const { run, backend } = world(({ service }) => ({
      service: {
        ...service,
        runTurn: async () => {
          sent += 1;
          throw new Failure({ code: "no-credits", message: "the balance is 0", sent: "rejected" });
        },
      },
    }));
    expect(await run([order(plannedJob())])).toMatchObject({ exitCode: 3, counts: { failed: 1 } });
    expect([sent, backend.accepted.length]).toEqual([1, 0]);
  });

  it.each([
    ["once: it is sent again after its delay", 1, 0, 1],
    ["twice: the job fails", 2, 1, 0],
  ])("a stream that tells of too many requests, %s", async (_, times, exitCode, accepted) => {
    let sent = 0;
    const { run, backend, clock, reports } = world(({ service }) => ({
      service: {
        ...service,
        runTurn: (...call) => {
          sent += 1;
          if (sent > times) return service.runTurn(...call);
          const facts = { code: "rate-limited", message: "too many", sent: "maybe-sent" } as const;
          return Promise.resolve({ end: "closed", texts: [], failure: { ...facts, retryAfterMs: 30_000 } });
        },
      },
    }));
    const beganMs = clock.now();
    expect(await run([order(plannedJob())])).toMatchObject({ exitCode });
    expect([sent, backend.accepted.length]).toEqual([2, accepted]);
    expect(clock.now() - beganMs).toBeGreaterThan(30_000);
    expect(eventTypes(reports).filter((type) => type === "turn-not-sent")).toHaveLength(times);
  });

  it.each([
    ["where the balance shows that it took nothing, it is no turn", 1, { failed: 1, needsYou: 0 }],
    ["where another turn was charged meanwhile, a person decides", 2, { failed: 0, needsYou: 1 }],
  ])("a stream that tells of no credits: %s", async (_, jobs, counts) => {
    const { run, reports } = world(({ service }) => ({
      service: {
        ...service,
        runTurn: (request, options) => {
          if (!request.prompt.includes("refused")) return service.runTurn(request, options);
          const facts = { code: "no-credits", message: "no credits", sent: "maybe-sent" } as const;
          return Promise.resolve({ end: "closed", texts: [], failure: facts });
        },
      },
    }));
    const refused = order(plannedJob({ name: "refused" }));
    const others = jobsNamed(jobs - 1);
    expect((await run([refused, ...others])).counts).toMatchObject(counts);
    const end = counts.needsYou === 1 ? "turn-unknown" : "turn-not-sent";
    expect(eventTypes(reports).filter((type) => type === end)).toHaveLength(1);
  });

  it("looks on where a page comes in place of the state while a turn may run", async () => {
    let looks = 0;
    const { run, backend } = world(({ service }) => ({
      service: {
        ...service,
        readDraft: (...call) => {
          looks += backend.accepted.length;
          if (looks !== 2) return service.readDraft(...call);
          throw new Failure({ code: "bad-answer", message: "a page", sent: "maybe-sent" });
        },
      },
    }));
    expect(await run([order(plannedJob())])).toMatchObject({ exitCode: 0 });
    expect([looks > 2, backend.accepted.length]).toEqual([true, 1]);
  });

  it("delivers an unmet expectation beside its place, keeps it off the list, and ends with 1", async () => {
    const { run } = world();
    const outcome = await run([order(plannedJob({ expect: { duration: { min: 60_000, max: 60_000 } } }))]);
    expect(outcome).toMatchObject({ exitCode: 1, files: [] });
  });

  it("says why a job is not taken up", async () => {
    const { run, ports, reports } = world();
    const job = plannedJob();
    const lock = await ports.journal.lock("job_x");
    const busy = { kind: "planned", job, reason: "go-on", jobId: "job_x" } as const;
    expect((await run([busy])).exitCode).toBe(75);
    expect((await run([{ ...busy, reason: "parked" }])).exitCode).toBe(75);
    expect((await run([{ ...busy, reason: "up-to-date" }])).exitCode).toBe(0);
    await lock?.release();
    const reasons = reports.flatMap((report) => (report.type === "job-skipped" ? [report.reason] : []));
    expect(reasons).toEqual(["busy", "parked", "up-to-date"]);
  });
});

describe("Ctrl-C", () => {
  it("leaves a running turn to the service, ends with 130, and resume pays nothing twice", async () => {
    const { run, clock, backend, ports } = world();
    const stop = new AbortController();
    clock.at(20_000, () => stop.abort(new Error("stopped")));
    const stopped = await run([order(plannedJob())], { signal: stop.signal });
    expect(stopped).toMatchObject({ exitCode: 130, counts: { interrupted: 1 } });
    expect(backend.accepted).toHaveLength(1);
    expect(await run([resumed(await onlyJobId(ports.journal))])).toMatchObject({
      exitCode: 0,
      files: ["/out/promo.mp4"],
    });
    expect(backend.accepted).toHaveLength(1);
  });

  it("starts no job that was still waiting", async () => {
    const { run, backend } = world();
    const stopped = await run(jobsNamed(3), { signal: AbortSignal.abort(new Error("stopped")) });
    expect(stopped).toMatchObject({ exitCode: 130, counts: { interrupted: 3 } });
    expect(backend.accepted).toHaveLength(0);
  });

  it("leaves the jobs whose turn had not come to resume", async () => {
    const { run, ports } = world();
    await run(jobsNamed(3), { signal: AbortSignal.abort(new Error("stopped")) });
    const left = await ports.journal.unfinishedJobs();
    expect(left.map(({ name }) => name).sort()).toEqual(["job-0", "job-1", "job-2"]);
    const outcome = await run(left.map(({ jobId, name }) => resumed(jobId, name)));
    expect(outcome).toMatchObject({ exitCode: 0, counts: { succeeded: 3 } });
  });
});

describe("a turn that nobody can know about", () => {
  const lost = ({ service }: RunPorts): Partial<RunPorts> => ({
    service: {
      ...service,
      runTurn: async () => {
        throw new Failure({ code: "service-error", message: "502", sent: "maybe-sent" });
      },
    },
  });

  it("is parked after the whole window, ends with 75, and never says to try again", async () => {
    const { run, clock, reports } = world(lost);
    const startMs = clock.now();
    expect(await run([order(plannedJob())])).toMatchObject({ exitCode: 75, counts: { needsYou: 1 } });
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(20 * 60_000);
    const parked = reports.find(
      (report) => report.type === "job-event" && report.event.type === "turn-unknown",
    );
    expect(JSON.stringify(parked)).toContain("nemo-recipe resolve job_");
    expect(JSON.stringify(parked)).not.toMatch(/try again/i);
  });

  it("stays parked when it is resumed", async () => {
    const { run, ports } = world(lost);
    await run([order(plannedJob())]);
    expect((await run([resumed(await onlyJobId(ports.journal))])).exitCode).toBe(75);
  });
});

describe("the journal comes first", () => {
  it("R10: whatever write fails, nothing is sent behind an intent that is not kept", async () => {
    for (let failing = 1; failing <= 12; failing++) {
      let writes = 0;
      const { run, backend, ports } = world(({ journal }) => ({
        journal: {
          ...journal,
          append: async (...record) => {
            writes += 1;
            if (writes !== failing) return journal.append(...record);
            throw new Failure({ code: "disk-full", message: "no space left", sent: "not-sent" });
          },
        },
      }));
      await run([order(plannedJob())]).catch((error: unknown) => expect(error).toBeInstanceOf(Failure));
      const state = stateOf(await ports.journal.read("job_1"));
      const intents = [...(state?.turns.values() ?? [])].reduce((sum, turn) => sum + turn.attempts, 0);
      expect(backend.accepted.length, `write ${failing}`).toBeLessThanOrEqual(intents);
    }
  });
});
