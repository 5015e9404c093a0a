import { describe, expect, it } from "vitest";
import { clockNote } from "../../src/schedule/clock-note.ts";
import { openTimetable } from "./open-timetable.ts";

const minuteMs = 60_000;
const nine = Date.UTC(2026, 10, 20, 9);

describe("a timetable", () => {
  it("names slots by recipe and local instant", () => {
    expect(
      openTimetable({ cron: "0 9 * * *", timezone: "Europe/Paris" }).slotAt(nine - 60 * minuteMs).slotId,
    ).toBe("promo@2026-11-20T09:00:00+01:00");
    expect(openTimetable({ cron: "0 9 * * *", timezone: "America/St_Johns" }).slotAt(nine).slotId).toBe(
      "promo@2026-11-20T05:30:00-03:30",
    );
  });

  it("is known by line, zone and params, and by nothing else", () => {
    const base = { cron: "0 9 * * *", timezone: "UTC", params: { a: 1 } };
    const { entry } = openTimetable(base);
    expect(openTimetable({ ...base, overlap: "queue", catchUp: "all", jitterMs: 5, withinMs: 9 }).entry).toBe(
      entry,
    );
    const others = [
      { ...base, cron: "1 9 * * *" },
      { ...base, timezone: "Asia/Tokyo" },
      { ...base, params: { a: 2 } },
    ];
    expect(new Set([...others.map((other) => openTimetable(other).entry), entry]).size).toBe(4);
    expect(openTimetable(base, "other").entry).not.toBe(entry);
  });

  it("gives each slot a jitter of its own, always the same", () => {
    const jitterMs = 10 * minuteMs;
    const [one, again] = [0, 1].map(() => openTimetable({ cron: "0 * * * *", jitterMs }));
    const late = Array.from({ length: 200 }, (_, hour) => {
      const atMs = nine + hour * 60 * minuteMs;
      expect(one?.nextDueMs(atMs - 1)).toBe(again?.nextDueMs(atMs - 1));
      return (one?.nextDueMs(atMs - 1) ?? 0) - atMs;
    });
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThanOrEqual(jitterMs);
    expect(new Set(late).size).toBeGreaterThan(190);
  });

  it("holds slots back until their jitter has passed, in their order", () => {
    const one = openTimetable({ cron: "* * * * *", jitterMs: 20 * minuteMs, catchUp: "all" });
    let sinceMs = nine;
    const started: number[] = [];
    for (let nowMs = nine; nowMs < nine + 200 * minuteMs; nowMs += 5_000) {
      const due = one.due({ sinceMs, nowMs });
      if (due === undefined) continue;
      expect(due.missed).toBeUndefined();
      for (const { slot } of due.start) {
        expect(nowMs - slot.atMs).toBeLessThanOrEqual(20 * minuteMs + 5_000);
        started.push(slot.atMs);
      }
      sinceMs = due.throughMs;
    }
    expect(started.length).toBeGreaterThan(170);
    expect(started).toEqual(started.map((_, index) => nine + (index + 1) * minuteMs));
  });

  it("counts what was missed up to a thousand, however long it was", () => {
    const one = openTimetable({ cron: "* * * * * *" });
    const due = one.due({ sinceMs: nine - 30 * 24 * 60 * minuteMs, nowMs: nine });
    expect(due?.missed).toMatchObject({ count: 1000, isMore: true });
    expect(due?.start.length).toBe(61);
  });
});

describe("clockNote", () => {
  const note = (cron: string, atMs: number): string | undefined =>
    clockNote(openTimetable({ cron, timezone: "Europe/Paris" }).timing, atMs);
  it.each([
    [
      "30 2 * * *",
      "2026-03-29T01:00Z",
      "the clock skips its time: it starts at the first instant after the gap",
    ],
    ["0 3 * * *", "2026-03-29T01:00Z", "the clocks change from +01:00 to +02:00 on this day"],
    ["30 2 * * *", "2026-10-25T00:30Z", "the time comes twice: only the first counts"],
    ["30 * * * *", "2026-10-25T00:30Z", "the time comes twice: the first"],
    ["30 * * * *", "2026-10-25T01:30Z", "the time comes twice: the second"],
    ["0 9 * * *", "2026-10-25T08:00Z", "the clocks change from +02:00 to +01:00 on this day"],
    ["0 9 * * *", "2026-10-26T08:00Z", undefined],
    ["0 9 * * *", "2026-10-24T07:00Z", undefined],
  ])("%s at %s: %s", (cron, at, expected) => {
    expect(note(cron, Date.parse(at))).toBe(expected);
  });
});
