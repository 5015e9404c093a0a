// S5: a machine that slept costs a schedule one look, whatever it slept through.
import { expect, it } from "vitest";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { proven } from "../support/proven.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { startDaemon, time, type SlotRun } from "./daemon.ts";
import { openTimetable } from "./open-timetable.ts";

const suspends = 1_000;
const minuteMs = 60_000;
const everyMs = 5_000;

it(`S5: ${suspends} suspends cost at most one look each`, async () => {
  const random = seededRandom(5);
  const world = time(Date.UTC(2026, 2, 1));
  const journal = memoryJournal(world.wall);
  const runs: SlotRun[] = [];
  let [looks, looksAtStart] = [0, 0];
  const daemon = startDaemon({
    time: world,
    journal,
    entries: [openTimetable({ cron: "*/10 * * * *" })],
    everyMs,
    runs,
    // A look ends with a wait; the one that starts a run has not ended yet.
    onPause: () => void (looks += 1),
    runMs: () => ((looksAtStart = looks + 1), 0),
  });
  await world.run(world.sleep(11 * minuteMs));
  let [mostLooks, latestMs] = [0, 0];
  for (let count = 0; count < suspends; count++) {
    // Long enough that a slot passes; sometimes in the middle of a wait for one.
    world.shift(random.between(10, 3 * 24 * 60) * minuteMs);
    const [before, looksBefore, passedMs] = [runs.length, looks, world.passedMs()];
    while (runs.length === before && world.passedMs() - passedMs < minuteMs)
      await world.run(world.sleep(250));
    mostLooks = Math.max(mostLooks, looksAtStart - looksBefore);
    latestMs = Math.max(latestMs, (runs[before]?.fromMs ?? Infinity) - passedMs);
    await world.run(world.sleep(random.between(0, 20_000)));
  }
  expect(mostLooks).toBeLessThanOrEqual(1);
  expect(latestMs).toBeLessThanOrEqual(everyMs);
  const starts = new Set(runs.map(({ slot }) => slot.slotId));
  expect(starts.size).toBe(runs.length);
  daemon.stop();
  await world.run(daemon.ended);
  proven(
    "S5",
    `${suspends} suspends, at most ${mostLooks} look and ${latestMs} ms until the slot that passed started`,
  );
});
