import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import { jobQueue } from "../../src/executor/job-queue.ts";
import { outageOf } from "../../src/executor/outage.ts";
import type { NemoService, OutageReport } from "../../src/executor/ports.ts";
import { runJobs } from "../../src/executor/run-jobs.ts";
import { freeSpending } from "../support/free-spending.ts";
import { plannedJob } from "../support/planned-job.ts";
import { jobsNamed, order, world, type World } from "../support/small-world.ts";

const away = (): Failure =>
  new Failure({ code: "unreachable", message: "nothing listens there", sent: "not-sent", transient: true });

/** The service behind a cable that somebody may pull. */
function unplugged(isOut: () => boolean): (service: NemoService) => NemoService {
  return (service) =>
    new Proxy(service, {
      get: (target, name: keyof NemoService) => {
        const member = target[name];
        if (typeof member !== "function" || name === "pageLink") return member;
        return (...call: never[]) =>
          isOut() ? Promise.reject(away()) : (member as (...all: never[]) => unknown).apply(target, call);
      },
    });
}

interface Office {
  readonly here: World;
  readonly told: OutageReport["type"][];
  readonly run: (concurrency?: number, jobs?: number) => ReturnType<World["run"]>;
}

function office(outMs: readonly [from: number, to: number]): Office {
  const isOut = (): boolean => {
    const nowMs = here.clock.now() - startMs;
    return nowMs >= outMs[0] && nowMs < outMs[1];
  };
  const here: World = world(({ service }) => ({ service: unplugged(() => isOut())(service) }));
  const startMs = here.clock.now();
  const told: OutageReport["type"][] = [];
  const { signal } = new AbortController();
  const outage = outageOf(here.ports, { tell: ({ type }) => told.push(type), signal });
  return {
    here,
    told,
    run: (concurrency = 2, jobs = 1) => {
      const limits = { all: concurrency, ofRecipe: () => concurrency };
      const request = { runId: "run", orders: jobsNamed(jobs), concurrency: limits, overwrite: false };
      const queue = jobQueue({ concurrency, outage });
      return here.clock.run(runJobs({ ...request, money: freeSpending, signal }, here.ports, queue));
    },
  };
}

const minuteMs = 60_000;

describe("an outage is no failure of a job", () => {
  it.each<[string, readonly [number, number]]>([
    ["at its start", [0, 90 * minuteMs]],
    ["before its turn", [1_000, 30 * minuteMs]],
    ["while its turn runs", [20_000, 45 * minuteMs]],
    ["while its turn is looked for", [70_000, 75 * minuteMs]],
  ])("%s: it waits, and goes on; its turn is sent once", async (_when, outMs) => {
    const { here, told, run } = office(outMs);
    const { counts } = await run();
    expect(counts).toMatchObject({ succeeded: 1, failed: 0, needsYou: 0 });
    expect(here.backend.accepted.length).toBe(1);
    expect(told.filter((type) => type === "service-away").length).toBe(told.length / 2);
  });

  it("however many wait, the service is asked by one, and it is told once", async () => {
    const { told, run } = office([0, 60 * minuteMs]);
    const { counts } = await run(20, 40);
    expect(counts.succeeded).toBe(40);
    expect(told).toEqual(["service-away", "service-back"]);
  });
});

it("runs that share a queue share its limit", async () => {
  const here = world();
  const queue = jobQueue({ concurrency: 3 });
  const { signal } = new AbortController();
  let most = 0;
  const reporter = { report: () => void (most = Math.max(most, queue.running)) };
  const runs = ["a", "b", "c"].map((recipe) =>
    runJobs(
      {
        runId: `run_${recipe}`,
        orders: [1, 2, 3, 4].map((number) =>
          order({ ...plannedJob({ name: `${recipe}-${number}` }), recipe }),
        ),
        concurrency: { all: 99, ofRecipe: () => 2 },
        overwrite: false,
        money: freeSpending,
        signal,
      },
      { ...here.ports, reporter },
      queue,
    ),
  );
  const outcomes = await here.clock.run(Promise.all(runs));
  expect(outcomes.map(({ counts }) => counts.succeeded)).toEqual([4, 4, 4]);
  expect(most).toBe(3);
});

it("runs that share a queue are held back together, until a person has looked", async () => {
  const question: NemoService["runTurn"] = async () => ({ end: "closed", texts: ["Which style?"] });
  let isMended = false;
  const here = world(({ service }) => ({
    service: { ...service, runTurn: (...call) => (isMended ? service.runTurn : question)(...call) },
  }));
  const told: string[] = [];
  const queue = jobQueue({ concurrency: 1, onHeldBack: () => told.push("held-back") });
  const { signal } = new AbortController();
  const run = (runId: string, from: number): ReturnType<World["run"]> =>
    here.clock.run(
      runJobs(
        {
          runId,
          orders: jobsNamed(from + 4).slice(from),
          concurrency: { all: 1, ofRecipe: () => 1 },
          overwrite: false,
          money: freeSpending,
          signal,
        },
        here.ports,
        queue,
      ),
    );
  const first = await run("first", 0);
  expect([first.counts.notStarted, queue.isHeldBack, told]).toEqual([1, true, ["held-back"]]);
  isMended = true;
  expect((await run("second", 4)).counts).toMatchObject({ succeeded: 0, notStarted: 4 });
  queue.letGoOn();
  expect((await run("third", 8)).counts).toMatchObject({ succeeded: 4 });
});

it.each<[number, unknown]>([
  [10, undefined],
  [120, expect.any(Number)],
])(
  "a turn whose end could not be recorded blurs what is paid %s minutes later: cost %s",
  async (minutes, cost) => {
    const isFull = (): Failure => new Failure({ code: "disk-full", message: "full", sent: "not-sent" });
    let closed = 0;
    const here = world(({ journal }) => ({
      journal: {
        ...journal,
        append: async (...call) => {
          if (call[1].type === "turn-closed" && closed++ === 0) throw isFull();
          return journal.append(...call);
        },
      },
    }));
    const queue = jobQueue({ concurrency: 1 });
    const limits = { all: 1, ofRecipe: () => 1 };
    const request = { concurrency: limits, overwrite: false, money: freeSpending };
    const { signal } = new AbortController();
    const costs = here.clock.run(
      (async () => {
        const run = (name: string): ReturnType<typeof runJobs> =>
          runJobs(
            { ...request, runId: name, orders: [order(plannedJob({ name }))], signal },
            here.ports,
            queue,
          );
        await run("one").catch(() => undefined);
        await here.clock.sleep(minutes * minuteMs);
        await run("two");
        const events = await here.ports.journal.read(await idOf(here, "two"));
        return events.flatMap(({ event }) => (event.type === "turn-settled" ? [event.cost] : []));
      })(),
    );
    expect(await costs).toEqual([cost]);
  },
);

async function idOf({ ports }: World, name: string): Promise<string> {
  const [row] = await ports.journal.findJobs(name);
  return row?.jobId ?? "";
}
