// S2: slots that passed while nobody looked follow the entry's policy, whatever the outage.
import { expect, it } from "vitest";
import type { ScheduleReport } from "../../src/executor/schedule-request.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { proven } from "../support/proven.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { startDaemon, time, type SlotRun } from "./daemon.ts";
import { openTimetable } from "./open-timetable.ts";

const outages = 200;
const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 9, 0, 30);

const policies = (["none", "newest", "all"] as const).flatMap((catchUp) =>
  (["skip", "queue", "parallel"] as const).map((overlap) => ({ catchUp, overlap })),
);

/** The policies by the book: which of the slots that passed are started at the first look after an outage. */
function expected(
  passed: readonly number[],
  {
    catchUp,
    nowMs,
    withinMs,
  }: { readonly catchUp: string; readonly nowMs: number; readonly withinMs: number },
): number[] {
  const fresh = passed.filter((atMs) => nowMs - atMs <= minuteMs);
  const within = passed.filter((atMs) => nowMs - atMs <= withinMs);
  if (catchUp === "all") return within;
  return catchUp === "none" || fresh.length > 0 ? fresh : within.slice(-1);
}

it.each(policies)(
  `S2: ${outages} outages, catchUp: $catchUp, overlap: $overlap`,
  async ({ catchUp, overlap }) => {
    let [startedLate, missedSlots] = [0, 0];
    for (let seed = 1; seed <= outages; seed++) {
      const random = seededRandom(seed);
      const every = random.pick([1, 5, 15, 30]);
      const withinMs = random.pick([30, 120, 720]) * minuteMs;
      const entry = openTimetable({ cron: `*/${every} * * * *`, catchUp, overlap, withinMs });
      const world = time(startMs);
      const journal = memoryJournal(world.wall);
      const runs: SlotRun[] = [];
      const told: ScheduleReport[] = [];
      const open = (): ReturnType<typeof startDaemon> =>
        startDaemon({ time: world, journal, entries: [entry], runs, tell: (report) => told.push(report) });
      const first = open();
      await world.run(world.sleep(random.between(1, 40) * minuteMs));
      // Half of them end without a word; in some, the machine sleeps and the process goes on.
      const isSuspend = random.chance(0.3);
      if (!isSuspend) {
        if (random.chance(0.5)) first.stop();
        else first.kill();
      }
      const downMs = world.wall.now();
      const before = runs.length;
      told.length = 0;
      const outageMs = random.between(0, 20 * 60) * minuteMs + 7_000;
      world.shift(outageMs);
      const second = isSuspend ? first : open();
      await world.run(world.sleep(29_000));
      const nowMs = runs[before]?.wallMs ?? world.wall.now();
      const step = every * minuteMs;
      const lastBeforeMs = Math.floor(downMs / step) * step;
      const passed = Array.from(
        { length: Math.floor(outageMs / step) + 2 },
        (_, at) => lastBeforeMs + (at + 1) * step,
      ).filter((atMs) => atMs <= nowMs);
      const wanted = expected(passed, { catchUp, nowMs, withinMs });
      const got = runs.slice(before).map(({ slot }) => slot.atMs);
      expect(got.slice(0, wanted.length), `seed ${seed}`).toEqual(wanted);
      expect(
        got.slice(wanted.length).every((atMs) => atMs > nowMs),
        `seed ${seed}`,
      ).toBe(true);
      const missed = told.flatMap((report) => (report.type === "slots-missed" ? [report.count] : []));
      const mostCounted = 1_000;
      const missing = Math.min(passed.length - wanted.length, mostCounted);
      expect(missed, `seed ${seed}`).toEqual(missing === 0 ? [] : [missing]);
      startedLate += wanted.length;
      missedSlots += passed.length - wanted.length;
      second.stop();
      await world.run(second.ended);
    }
    expect(missedSlots).toBeGreaterThan(0);
    proven(
      "S2",
      `${outages} outages with catchUp: ${catchUp}, overlap: ${overlap}: ${startedLate} slots started after, ${missedSlots} missed and said so`,
      `1–${outages}`,
    );
  },
);
