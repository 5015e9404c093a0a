import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { Journal } from "../../src/executor/ports.ts";
import type { ScheduleReport } from "../../src/executor/schedule-request.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import {
  startDaemon,
  time,
  type Daemon,
  type DaemonOptions,
  type SlotRun,
  type Time,
} from "../schedule/daemon.ts";
import { openTimetable } from "../schedule/open-timetable.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 9, 0, 30);

interface Stage {
  readonly world: Time;
  readonly journal: Journal;
  readonly runs: SlotRun[];
  readonly told: ScheduleReport[];
  open(
    entry: Parameters<typeof openTimetable>[0],
    more?: { runMs?: number } & Partial<Pick<DaemonOptions, "mode" | "journal" | "trouble">>,
  ): Daemon;
  minutes(count: number): Promise<void>;
  /** `09:05` of each run, in the order of their start. */
  starts(): string[];
  kinds(): string[];
}

function stage(): Stage {
  const world = time(startMs);
  const journal = memoryJournal(world.wall);
  const runs: SlotRun[] = [];
  const told: ScheduleReport[] = [];
  return {
    world,
    journal,
    runs,
    told,
    open: (entry, { runMs = 0, ...more } = {}) =>
      startDaemon({
        time: world,
        journal,
        entries: [openTimetable(entry)],
        runs,
        runMs: () => runMs,
        tell: (report) => told.push(report),
        ...more,
      }),
    minutes: (count) => world.run(world.sleep(count * minuteMs)),
    starts: () => runs.map(({ slot }) => new Date(slot.atMs).toISOString().slice(11, 16)),
    kinds: () => told.map(({ type }) => type),
  };
}

it("begins with the slots after its own start", async () => {
  const { open, minutes, starts } = stage();
  open({ cron: "*/5 * * * *", catchUp: "all" });
  await minutes(11);
  expect(starts()).toEqual(["09:05", "09:10"]);
});

it("skip: a slot that comes while the run before it is going is left out, and said so", async () => {
  const { open, minutes, starts, told } = stage();
  open({ cron: "*/5 * * * *" }, { runMs: 7 * minuteMs });
  await minutes(20);
  expect(starts()).toEqual(["09:05", "09:15"]);
  expect(told.flatMap((report) => (report.type === "slot-skipped" ? [report.slot.slotId] : []))).toEqual([
    "promo@2026-11-20T09:10:00+00:00",
    "promo@2026-11-20T09:20:00+00:00",
  ]);
});

it("queue: one slot waits, and the newest takes its place", async () => {
  const { open, minutes, starts, kinds } = stage();
  open({ cron: "*/5 * * * *", overlap: "queue" }, { runMs: 12 * minuteMs });
  await minutes(18);
  expect(starts()).toEqual(["09:05", "09:15"]);
  expect(kinds().filter((kind) => kind === "slot-waiting").length).toBe(2);
  expect(kinds().filter((kind) => kind === "slot-skipped").length).toBe(1);
});

it("parallel: every slot starts in its time", async () => {
  const { open, minutes, starts } = stage();
  open({ cron: "*/5 * * * *", overlap: "parallel" }, { runMs: 12 * minuteMs });
  await minutes(16);
  expect(starts()).toEqual(["09:05", "09:10", "09:15"]);
});

it("all: slots that passed run one after the other, and new ones behind them", async () => {
  const { open, minutes, starts, runs, world } = stage();
  open({ cron: "*/10 * * * *", catchUp: "all" }, { runMs: 4 * minuteMs });
  await minutes(1);
  world.shift(35 * minuteMs);
  await minutes(22);
  expect(starts()).toEqual(["09:10", "09:20", "09:30", "09:40"]);
  expect(runs.every((run, index) => index === 0 || run.fromMs >= (runs[index - 1]?.toMs ?? 0))).toBe(true);
});

it("a kill loses nothing that was not begun: the next process goes on where this one was", async () => {
  const { open, minutes, starts } = stage();
  const first = open({ cron: "*/10 * * * *", catchUp: "all" }, { runMs: 30 * minuteMs });
  await minutes(25);
  first.kill();
  open({ cron: "*/10 * * * *", catchUp: "all" });
  await minutes(16);
  expect(starts()).toEqual(["09:10", "09:30", "09:40"]);
});

it("once: takes what is due at its start, waits for it, ends", async () => {
  const { open, starts, world, minutes } = stage();
  const exitCodes = await world.run(
    open({ cron: "*/20 * * * *" }, { mode: "once", runMs: 45 * minuteMs }).ended,
  );
  expect([starts(), [...exitCodes], world.passedMs()]).toEqual([["09:00"], [0], 45 * minuteMs]);
  await minutes(1);
  await world.run(open({ cron: "*/20 * * * *" }, { mode: "once" }).ended);
  expect(starts()).toEqual(["09:00", "09:40"]);
});

it.each(["none", "newest", "all"] as const)(
  "once: a schedule that nobody has seen counts from its first sight, catchUp: %s",
  async (catchUp) => {
    const { open, starts, world, minutes, told } = stage();
    const tick = (): Promise<unknown> =>
      world.run(open({ cron: "*/20 * * * *", catchUp }, { mode: "once" }).ended);
    await minutes(5);
    await tick();
    expect([starts(), told]).toEqual([
      [],
      [{ type: "first-seen", next: expect.objectContaining({ slotId: "promo@2026-11-20T09:20:00+00:00" }) }],
    ]);
    await minutes(15);
    await tick();
    expect(starts()).toEqual(["09:20"]);
  },
);

it("once: leaves a slot that must wait to the next one who asks", async () => {
  const { open, starts, world, minutes } = stage();
  void open({ cron: "*/5 * * * *", overlap: "queue" }, { mode: "once", runMs: 8 * minuteMs }).ended;
  await minutes(5);
  await world.run(open({ cron: "*/5 * * * *", overlap: "queue" }, { mode: "once" }).ended);
  expect(starts()).toEqual(["09:00"]);
  await minutes(4);
  await world.run(open({ cron: "*/5 * * * *", overlap: "queue" }, { mode: "once" }).ended);
  expect(starts()).toEqual(["09:00", "09:05"]);
});

it("a stop lets runs end, and starts no other", async () => {
  const { open, starts, world, minutes, runs } = stage();
  const daemon = open({ cron: "*/5 * * * *", overlap: "parallel" }, { runMs: 12 * minuteMs });
  await minutes(6);
  daemon.stop();
  await world.run(daemon.ended);
  expect([starts(), runs[0]?.toMs]).toEqual([["09:05"], (runs[0]?.fromMs ?? 0) + 12 * minuteMs]);
});

it("once: a stop leaves what has not begun to the next one who asks", async () => {
  const { open, runs, world, minutes } = stage();
  const entry = { cron: "*/10 * * * * *" };
  await world.run(open(entry, { mode: "once" }).ended);
  await minutes(1);
  const former = runs.length;
  const stopped = open(entry, { mode: "once", runMs: 500 });
  await world.run(world.sleep(200));
  stopped.stop();
  await world.run(stopped.ended);
  // One runs, and one was on record by then: its run gives it back.
  expect(runs.length - former).toBe(2);
  await world.run(open(entry, { mode: "once" }).ended);
  expect(runs.length - former).toBe(6);
});

it("a journal in trouble is said once and asked again; the slot starts when it is back", async () => {
  const { open, minutes, starts, told, journal, world } = stage();
  const failure = new Failure({ code: "disk-full", message: "the disk is full", sent: "not-sent" });
  const decideSlot: Journal["decideSlot"] = async (slot, fate) => {
    if (fate === "started" && world.passedMs() < 8 * minuteMs) throw failure;
    return journal.decideSlot(slot, fate);
  };
  open({ cron: "*/5 * * * *" }, { journal: { ...journal, decideSlot } });
  await minutes(8);
  expect([starts(), told]).toEqual([[], [{ type: "look-failed", failure: failure.facts }]]);
  await minutes(2);
  expect(starts()).toEqual(["09:05", "09:10"]);
});

describe("a slot that cannot begin is given back", () => {
  const refused = 3;
  const told = ({ told: reports }: Stage): string[] =>
    reports.map((report) => {
      const slot = "slot" in report ? report.slot : report.type === "slots-missed" ? report.last : undefined;
      return `${report.type} ${slot === undefined ? "" : new Date(slot.atMs).toISOString().slice(11, 16)}`;
    });

  it("is tried again every minute, said once, and starts once when it can", async () => {
    const here = stage();
    const formers: (number | undefined)[] = [];
    here.open(
      { cron: "0 * * * *" },
      {
        trouble: (_, { formerExitCode }) => {
          formers.push(formerExitCode);
          return here.world.passedMs() < 90 * minuteMs ? refused : undefined;
        },
      },
    );
    await here.minutes(100);
    expect(told(here)).toEqual(["slot-given-back 10:00", "slot-started 10:00", "slot-finished 10:00"]);
    expect(formers.length).toBeGreaterThan(25);
    expect(formers.length).toBeLessThan(35);
    expect([formers[0], new Set(formers.slice(1))]).toEqual([undefined, new Set([refused])]);
    expect(here.starts()).toEqual(["10:00"]);
  });

  it.each([
    ["newest", ["slot-given-back 10:00", "slots-missed 10:00", "slot-started 11:00", "slot-finished 11:00"]],
    [
      "all",
      [
        "slot-given-back 10:00",
        "slot-waiting 11:00",
        "slot-started 10:00",
        "slot-finished 10:00",
        "slot-started 11:00",
        "slot-finished 11:00",
      ],
    ],
    ["none", ["slot-given-back 10:00", "slots-missed 10:00", "slot-started 11:00", "slot-finished 11:00"]],
  ] as const)("counts as one that passed unstarted, catchUp: %s", async (catchUp, expected) => {
    const here = stage();
    const roomAtMs = (catchUp === "none" ? 62 : 121) * minuteMs;
    const trouble = (): number | undefined => (here.world.passedMs() < roomAtMs ? refused : undefined);
    here.open({ cron: "0 * * * *", catchUp }, { trouble });
    await here.minutes(130);
    expect(told(here).filter((line) => line !== "slot-given-back 11:00")).toEqual(expected);
  });

  it("is missed, and said so, when it is too old", async () => {
    const here = stage();
    here.open({ cron: "0 10 * * *", withinMs: 30 * minuteMs }, { trouble: () => refused });
    await here.minutes(120);
    expect(told(here)).toEqual(["slot-given-back 10:00", "slots-missed 10:00"]);
  });

  it("is left to the next one who asks, who knows that it was tried before", async () => {
    const here = stage();
    await here.world.run(here.open({ cron: "*/20 * * * *" }, { mode: "once" }).ended);
    await here.minutes(20);
    const formers: (number | undefined)[] = [];
    for (const end of [refused, refused, undefined]) {
      const trouble: Required<DaemonOptions>["trouble"] = (_, { formerExitCode }) => (
        formers.push(formerExitCode),
        end
      );
      await here.world.run(here.open({ cron: "*/20 * * * *" }, { mode: "once", trouble }).ended);
    }
    expect([formers, here.starts()]).toEqual([
      [undefined, refused, refused],
      ["09:00", "09:20"],
    ]);
  });
});

it("a clock that was wrong by years does no harm when it is right again", async () => {
  const { open, minutes, starts, world } = stage();
  open({ cron: "*/5 * * * *" });
  await minutes(6);
  world.shift(10 * 365 * 24 * 60 * minuteMs);
  await minutes(1);
  world.shift(-10 * 365 * 24 * 60 * minuteMs);
  await minutes(10);
  expect(starts().filter((_, index) => index !== 1)).toEqual(["09:05", "09:10", "09:15"]);
});
