// S1 and S4: whatever happens to clocks and processes, a slot starts once, and runs overlap as the entry allows.
import { expect, it } from "vitest";
import type { Journal } from "../../src/executor/ports.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { seededRandom, type Random } from "../support/seeded-random.ts";
import { startDaemon, time, type Daemon, type SlotRun, type Time } from "./daemon.ts";
import { openTimetable } from "./open-timetable.ts";
import { proven } from "../support/proven.ts";
import { rounds } from "../support/rounds.ts";

const seeds = Number(process.env["SIM_SEEDS"] ?? rounds(10_000));
const firstSeed = Number(process.env["SIM_FIRST_SEED"] ?? 1);
const minuteMs = 60_000;

const entries = (["skip", "queue", "parallel"] as const).flatMap((overlap) =>
  (["none", "newest", "all"] as const).flatMap((catchUp) =>
    ["*/5 * * * *", "*/20 * * * *", "7,8 * * * *", "30 2 * * *"].map((cron) => {
      const timezone = cron === "30 2 * * *" ? "Europe/Paris" : "UTC";
      const jitterMs = cron === "*/20 * * * *" ? 3 * minuteMs : 0;
      return { cron, timezone, overlap, catchUp, jitterMs, withinMs: 90 * minuteMs } as const;
    }),
  ),
);
const timetables = entries.map((entry) => ({ entry, timetable: openTimetable(entry) }));

interface Story {
  readonly runs: readonly SlotRun[];
  readonly isExclusive: boolean;
  readonly events: number;
}

/** Half an hour with two daemons, a tick now and then, kills, restarts, suspends, and clocks set to and fro. */
async function tell(seed: number, spoil = (journal: Journal): Journal => journal): Promise<Story> {
  const random = seededRandom(seed);
  const { entry, timetable } = random.pick(timetables);
  const isDawn = entry.timezone === "Europe/Paris";
  const world = time(
    isDawn
      ? Date.UTC(2026, 9, random.pick([24, 25]), 0, 10)
      : Date.UTC(2026, 10, 20, 9, random.between(0, 9), 1),
  );
  const journal = spoil(memoryJournal(world.wall));
  const runs: SlotRun[] = [];
  const longest = random.pick([0, minuteMs, 12 * minuteMs]);
  const open = (mode: "until-stopped" | "once" = "until-stopped"): Daemon => {
    const runMs = (): number => random.between(0, longest);
    return startDaemon({ time: world, journal, entries: [timetable], everyMs: minuteMs, mode, runMs, runs });
  };
  const daemons = [open(), open()];
  const events = random.between(1, 5);
  for (let left = events; left > 0; left--)
    world.at(random.between(0, 28 * minuteMs), () => befall(random, { world, daemons, open }));
  await world.run(world.sleep(30 * minuteMs));
  for (const daemon of daemons) daemon.stop();
  await world.run(Promise.all(daemons.map(({ ended }) => ended)));
  return { runs, isExclusive: entry.overlap !== "parallel", events };
}

function befall(
  random: Random,
  {
    world,
    daemons,
    open,
  }: { readonly world: Time; readonly daemons: Daemon[]; readonly open: (mode?: "once") => Daemon },
): void {
  const what = random.pick(["suspend", "back", "kill", "restart", "tick"] as const);
  const index = random.between(0, 1);
  if (what === "suspend") world.shift(random.between(1, 100 * minuteMs));
  else if (what === "back") world.shift(-random.between(1, 60 * minuteMs));
  else if (what === "tick") void open("once");
  else {
    if (what === "kill") daemons[index]?.kill();
    else daemons[index]?.stop();
    daemons[index] = open();
  }
}

const twice = (runs: readonly SlotRun[]): string[] => {
  const seen = new Set<string>();
  return runs.flatMap(({ slot: { slotId } }) => (seen.has(slotId) ? [slotId] : (seen.add(slotId), [])));
};

const overlapping = (runs: readonly SlotRun[]): string[] =>
  runs.flatMap((run, index) =>
    runs.slice(0, index).some(({ fromMs, toMs }) => fromMs < run.toMs && run.fromMs < toMs)
      ? [run.slot.slotId]
      : [],
  );

it(
  `S1, S4: ${seeds} schedules start no slot twice, and overlap only where they may`,
  { timeout: 600_000 },
  async () => {
    let [starts, events, together] = [0, 0, 0];
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const story = await tell(seed);
      const replay = `replay: SIM_SEEDS=1 SIM_FIRST_SEED=${seed} npx vitest run test/schedule/stories`;
      expect(twice(story.runs), replay).toEqual([]);
      if (story.isExclusive) expect(overlapping(story.runs), replay).toEqual([]);
      else together += overlapping(story.runs).length;
      starts += story.runs.length;
      events += story.events;
    }
    if (seeds >= 1_000) expect(Math.min(starts / seeds, together)).toBeGreaterThan(1);
    const told = `${firstSeed}–${firstSeed + seeds - 1}`;
    proven(
      "S1",
      `${seeds} schedules with two daemons and ticks, ${starts} starts, ${events} kills, restarts, suspends and steps of the clock: 0 twice`,
      told,
    );
    proven(
      "S4",
      `${seeds} schedules: 0 overlaps under skip and queue; ${together} under parallel, which allows them`,
      told,
    );
  },
);

it.each([
  {
    bug: "a slot is not recorded once",
    spoil: (journal: Journal): Journal => ({
      ...journal,
      decideSlot: async (slot, fate) => (await journal.decideSlot(slot, fate)) || true,
    }),
    seen: ({ runs }: Story): boolean => twice(runs).length > 0,
  },
  {
    bug: "the entry's lock is lent to everybody",
    spoil: (journal: Journal): Journal => ({ ...journal, lock: async () => ({ release: async () => {} }) }),
    seen: ({ runs, isExclusive }: Story): boolean => isExclusive && overlapping(runs).length > 0,
  },
])("sees a planted bug: $bug", async ({ spoil, seen }) => {
  let found = 0;
  for (let seed = 1; seed <= 100 && found === 0; seed++) if (seen(await tell(seed, spoil))) found = seed;
  expect(found).toBeGreaterThan(0);
});
