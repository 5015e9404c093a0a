import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wallClock } from "../../src/cli/wall-clock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a wait beyond what one timer can hold ends in time and not before", async () => {
  const fortyDaysMs = 40 * 24 * 3_600_000;
  let done = false;
  const wait = wallClock.sleep(fortyDaysMs).then(() => void (done = true));
  await vi.advanceTimersByTimeAsync(fortyDaysMs - 1);
  expect(done).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await wait;
  expect(done).toBe(true);
});

test("a wait that the machine slept through ends soon after it wakes", async () => {
  let done = false;
  void wallClock.sleep(3_600_000).then(() => void (done = true));
  await vi.advanceTimersByTimeAsync(1000);
  vi.setSystemTime(Date.now() + 7_200_000);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(done).toBe(true);
});

test("an abort ends the wait with its reason, before or during it", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 5);
  const wait = wallClock.sleep(60_000, stop.signal).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(5);
  expect(await wait).toEqual(new Error("enough"));
  await expect(wallClock.sleep(0, stop.signal)).rejects.toThrow("enough");
});
