import { describe, expect, it } from "vitest";
import { readCronLine } from "../../src/schedule/cron-line.ts";
import { nextSlot, type Timing } from "../../src/schedule/next-slot.ts";
import { localInstant } from "../../src/schedule/slot-id.ts";
import { openZone } from "../../src/schedule/zone.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { slotsByTheBook } from "./slots-by-the-book.ts";

function timing(cron: string, zone: string): Timing {
  const reading = readCronLine(cron);
  if (!("line" in reading)) throw new Error(reading.message);
  return { line: reading.line, zone: openZone(zone) };
}

function slots(cron: string, zone: string, from: string, count: number): string[] {
  const one = timing(cron, zone);
  const found: string[] = [];
  for (let atMs = Date.parse(from); found.length < count;) {
    const next = nextSlot(one, atMs);
    if (next === undefined) break;
    atMs = next;
    found.push(localInstant(atMs, one.zone));
  }
  return found;
}

describe("nextSlot", () => {
  const paris = "Europe/Paris";
  it.each([
    {
      what: "a skipped time is the first instant after the gap",
      cron: "30 2 * * *",
      from: "2026-03-28T00:00Z",
      slots: ["2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"],
    },
    {
      what: "several skipped times are one slot, and so is the time at the gap's far edge",
      cron: "0,20,40 2,3 * * *",
      from: "2026-03-29T00:00Z",
      slots: ["2026-03-29T03:00:00+02:00", "2026-03-29T03:20:00+02:00", "2026-03-29T03:40:00+02:00"],
    },
    {
      what: "a time that comes twice fires the first time only",
      cron: "30 2 * * *",
      from: "2026-10-24T12:00Z",
      slots: ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"],
    },
    {
      what: "asked between its two comings, it is the next day's",
      cron: "30 2 * * *",
      from: "2026-10-25T00:45Z",
      slots: ["2026-10-26T02:30:00+01:00"],
    },
    {
      what: "asked in the second pass, times of that pass are gone",
      cron: "*/20 1-3 * * *",
      from: "2026-10-25T01:10Z",
      slots: ["2026-10-25T03:00:00+01:00", "2026-10-25T03:20:00+01:00"],
    },
    {
      what: "wildcard hours fire every real hour over a gap",
      cron: "30 * * * *",
      from: "2026-03-29T00:00Z",
      slots: ["2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"],
    },
    {
      what: "wildcard hours fire every real hour while clocks go back",
      cron: "30 * * * *",
      from: "2026-10-24T23:00Z",
      slots: ["2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"],
    },
    {
      what: "a whole skipped day is its first instant after",
      cron: "0 9 * * *",
      zone: "Pacific/Apia",
      from: "2011-12-29T12:00Z",
      slots: ["2011-12-29T09:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T09:00:00+14:00"],
    },
    {
      what: "half an hour is skipped",
      cron: "15 2 * * *",
      zone: "Australia/Lord_Howe",
      from: "2026-10-03T12:00Z",
      slots: ["2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"],
    },
    {
      what: "midnight does not exist",
      cron: "@daily",
      zone: "America/Sao_Paulo",
      from: "2017-10-14T12:00Z",
      slots: ["2017-10-15T01:00:00-02:00", "2017-10-16T00:00:00-02:00"],
    },
    {
      what: "leap days are waited for",
      cron: "0 9 29 2 *",
      from: "2026-01-01T00:00Z",
      slots: ["2028-02-29T09:00:00+01:00", "2032-02-29T09:00:00+01:00"],
    },
    {
      what: "seconds count",
      cron: "*/30 59 23 L * *",
      from: "2026-02-01T00:00Z",
      slots: ["2026-02-28T23:59:00+01:00", "2026-02-28T23:59:30+01:00", "2026-03-31T23:59:00+02:00"],
    },
  ])("$what", ({ cron, zone = paris, from, slots: expected }) => {
    expect(slots(cron, zone, from, expected.length)).toEqual(expected);
  });

  it("agrees with the rules done by hand, minute by minute, around clock changes", () => {
    const random = seededRandom(11);
    const zones = [
      "Europe/Paris",
      "Australia/Lord_Howe",
      "America/Sao_Paulo",
      "Pacific/Apia",
      "Antarctica/Troll",
    ];
    let compared = 0;
    for (let round = 0; round < 150; round++) {
      const zone = openZone(random.pick(zones));
      const change = zone.changeIn(
        Date.UTC(random.between(2007, 2015), random.between(0, 11)),
        Date.UTC(2018, 0),
      );
      if (change === undefined) continue;
      const minute = random.pick(["0", "30", "*/20", "15,45", "59", "*"]);
      const hour = random.pick(["*", "2", "0-3", "*/2", "1,2,23", "0", "0-23"]);
      const { line } = timing(`${minute} ${hour} * * *`, zone.name);
      const span = { fromMs: change.atMs - 30 * 3_600_000, toMs: change.atMs + 30 * 3_600_000 };
      const found: number[] = [];
      for (let at = nextSlot({ line, zone }, span.fromMs); at !== undefined && at <= span.toMs;)
        at = nextSlot({ line, zone }, found[found.push(at) - 1] ?? 0);
      expect(found, `${line.text} ${zone.name} ${new Date(change.atMs).toISOString()}`).toEqual(
        slotsByTheBook({ minute, hour }, zone, span),
      );
      compared += found.length;
    }
    expect(compared).toBeGreaterThan(2_000);
  });
});
