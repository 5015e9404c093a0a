import { expect, test } from "vitest";
import { LookTimes } from "../../src/watch/look-times.ts";

const startMs = 1_000_000;

function watched(): LookTimes {
  const times = new LookTimes();
  times.lookedAtAll(startMs, { tookMs: 0, pollMs: undefined });
  return times;
}

test("without a hint the loop only ticks, and looks at everything in the end", () => {
  const times = watched();
  expect([times.waitMs(startMs, []), times.takeTimes(startMs)]).toEqual([5_000, false]);
  expect([239_999, 240_000].map((ms) => times.isAllDue(startMs + ms))).toEqual([false, true]);
});

test("a file that settles is due at its own time, and what is late is due at once", () => {
  const settling = [{ dueMs: startMs + 700 }, { dueMs: startMs + 300 }];
  expect([startMs, startMs + 400].map((nowMs) => watched().waitMs(nowMs, settling))).toEqual([300, 1]);
});

test("for a while after a hint the times of folders are compared, every two seconds", () => {
  const times = watched();
  times.heard(startMs);
  const taken = [0, 1_999, 2_000, 9_999, 12_000].map((ms) => times.takeTimes(startMs + ms));
  expect(taken).toEqual([true, false, true, true, false]);
});

test.each([
  ["so many hints at once that some may be lost", { lateMs: 0, hints: 1_001 }],
  ["hints that waited behind a blocked process", { lateMs: 1_001, hints: 1 }],
])("%s: everything is looked at when they are calm, and at the latest after ten seconds", (_, woken) => {
  const times = watched();
  times.heard(startMs);
  times.woke(startMs, woken);
  expect([999, 1_000].map((ms) => times.isAllDue(startMs + ms))).toEqual([false, true]);
  for (let ms = 500; ms < 10_000; ms += 500) {
    times.heard(startMs + ms);
    expect(times.isAllDue(startMs + ms)).toBe(false);
  }
  times.heard(startMs + 10_000);
  expect(times.isAllDue(startMs + 10_000)).toBe(true);
  times.lookedAtAll(startMs + 10_000, { tookMs: 0, pollMs: undefined });
  expect(times.isAllDue(startMs + 11_000)).toBe(false);
});

test("where there are no hints it polls, and leaves a slow drive in peace between two looks", () => {
  const times = watched();
  times.callForAll();
  expect(times.isAllDue(startMs)).toBe(true);
  times.lookedAtAll(startMs, { tookMs: 1_000, pollMs: 5_000 });
  expect([19_999, 20_000].map((ms) => times.isAllDue(startMs + ms))).toEqual([false, true]);
});
