import type { Slot } from "../../src/base/slot.ts";
import type { Clock, JobLock, Journal, SlotRunEnd } from "../../src/executor/ports.ts";
import { runSchedule } from "../../src/executor/run-schedule.ts";
import type { ScheduleReport, SlotStart } from "../../src/executor/schedule-request.ts";
import type { Timetable } from "../../src/schedule/timetable.ts";
import { stepClock } from "../support/step-clock.ts";

/** Time that passes only when everybody waits for it, shown by a clock on the wall that people may set. */
export interface Time {
  readonly wall: Clock;
  /** Milliseconds that really passed: timers count them. */
  passedMs(): number;
  /** The wall's clock is set, or the machine slept: timers notice nothing. */
  shift(ms: number): void;
  at(ms: number, wake: () => void): void;
  run<Value>(promise: Promise<Value>): Promise<Value>;
  sleep: Clock["sleep"];
}

export function time(startMs: number): Time {
  const steps = stepClock(0);
  let skewMs = startMs;
  return {
    wall: { now: () => steps.now() + skewMs, sleep: steps.sleep },
    passedMs: () => steps.now(),
    shift: (ms) => void (skewMs += ms),
    at: steps.at,
    run: (promise) => steps.run(promise),
    sleep: steps.sleep,
  };
}

export interface SlotRun {
  readonly slot: Slot;
  /** By the wall when it began; the rest by what really passed. */
  readonly wallMs: number;
  readonly fromMs: number;
  toMs: number;
}

export interface DaemonOptions {
  readonly time: Time;
  readonly journal: Journal;
  readonly entries: readonly Timetable[];
  readonly everyMs?: number;
  readonly mode?: "until-stopped" | "once";
  readonly runMs?: () => number;
  /** The exit code with which a slot's run cannot begin; undefined where it can. */
  readonly trouble?: (slot: Slot, start: SlotStart) => number | undefined;
  /** Every run of every process. */
  readonly runs: SlotRun[];
  readonly tell?: (report: ScheduleReport) => void;
  /** It waits for its next look. */
  readonly onPause?: () => void;
}

/** A process that looks after slots, and may be killed at any instant. */
export interface Daemon {
  readonly ended: Promise<ReadonlySet<number>>;
  /** Ctrl-C. */
  stop(): void;
  /** It is gone: its locks are free, and nothing that it began goes on. */
  kill(): void;
}

export function startDaemon(options: DaemonOptions): Daemon {
  const { time, journal, entries, runs, everyMs = 30_000, mode = "until-stopped" } = options;
  const stopped = new AbortController();
  const held = new Set<JobLock>();
  const going = new Set<SlotRun>();
  let isAlive = true;
  /** What a dead process waits for never comes. */
  const living = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    const value = isAlive ? await work() : await never;
    return isAlive ? value : never;
  };
  const lock: Journal["lock"] = (id) =>
    living(async () => {
      const taken = await journal.lock(id);
      if (taken === undefined) return undefined;
      const mine = { release: () => living(() => (held.delete(mine), taken.release())) };
      held.add({ release: () => taken.release() });
      return mine;
    });
  const mortal: Journal = {
    ...journal,
    lock,
    decideSlot: (slot, fate) => living(() => journal.decideSlot(slot, fate)),
    finishSlot: (slot, end) => living(() => journal.finishSlot(slot, end)),
    lastSlot: (entry, upToMs) => living(() => journal.lastSlot(entry, upToMs)),
  };
  const startSlotRun = async (slot: Slot, start: SlotStart): Promise<SlotRunEnd> => {
    const trouble = options.trouble?.(slot, start);
    if (trouble !== undefined) return { exitCode: trouble, isGivenBack: true };
    start.onBegin();
    const run: SlotRun = { slot, wallMs: time.wall.now(), fromMs: time.passedMs(), toMs: Infinity };
    runs.push(run);
    going.add(run);
    await living(() => time.sleep(options.runMs?.() ?? 0));
    going.delete(run);
    run.toMs = time.passedMs();
    return { exitCode: 0 };
  };
  const sleep: Clock["sleep"] = (ms, signal) => {
    options.onPause?.();
    return living(() => time.sleep(ms, signal));
  };
  const ended = runSchedule(
    {
      entries: () => entries,
      everyMs,
      mode,
      startSlotRun,
      tell: options.tell ?? (() => {}),
      signal: stopped.signal,
    },
    { journal: mortal, clock: { now: time.wall.now, sleep } },
  );
  return {
    ended,
    stop: () => stopped.abort(new Error("stopped")),
    kill: () => {
      isAlive = false;
      stopped.abort(new Error("killed"));
      for (const run of going) run.toMs = time.passedMs();
      for (const one of held) void one.release();
    },
  };
}

const never = new Promise<never>(() => {});
