import { describe, expect, test } from "vitest";
import { baseName, uniqueNames, withSuffixes } from "../../src/plan/job-name.ts";
import { nameFilter } from "../../src/plan/name-filter.ts";
import { runTime } from "../../src/plan/run-time.ts";

describe("baseName", () => {
  test.each([
    ["promo", [], "promo"],
    ["promo", ["Red Mug", "de"], "promo-red-mug-de"],
    ["promo", ["Ärger & Söhne"], "promo-arger-sohne"],
    ["promo", ["🎬"], "promo"],
    ["promo", ["../../etc"], "promo-etc"],
    ["promo", ["日本"], "promo-日本"],
  ])("%s with %j is %s", (recipe, parts, name) => {
    expect(baseName(recipe, parts)).toBe(name);
  });

  test("is never too long for a file", () => {
    const name = baseName("promo", ["a".repeat(119), "b"]);
    expect(name).toHaveLength(120);
    expect(name).not.toMatch(/-$/);
  });
});

test("suffixes: first the slot, then the take; the first take has none", () => {
  expect(withSuffixes("promo", {})).toBe("promo");
  expect(withSuffixes("promo", { take: 1 })).toBe("promo");
  expect(withSuffixes("promo", { slot: "2026-11-20-0900", take: 2 })).toBe("promo-2026-11-20-0900-take2");
});

test("a name is given out once, in the order of asking", () => {
  const nameFor = uniqueNames();
  expect(["a", "a", "a-2", "a", "b"].map(nameFor)).toEqual(["a", "a-2", "a-2-2", "a-3", "b"]);
});

describe("nameFilter", () => {
  test.each([
    [[], "anything", true],
    [["promo-*"], "promo-red", true],
    [["PROMO-*"], "promo-red", true],
    [["promo-?"], "promo-red", false],
    [["promo-???"], "promo-red", true],
    [["*red*", "x"], "promo-red-2", true],
    [["promo"], "promo-red", false],
    [["*"], "", true],
    [["[a-z]*"], "promo", false],
  ])("%j means %s: %s", (globs, name, expected) => {
    expect(nameFilter(globs)(name)).toBe(expected);
  });

  test("a hostile pattern takes no time", () => {
    expect(nameFilter(["*a".repeat(500) + "b"])("a".repeat(2_000))).toBe(false);
  });
});

describe("runTime", () => {
  const at = Date.UTC(2026, 10, 20, 8, 0, 5);
  test.each([
    ["Europe/Paris", "2026-11-20", "09:00", "2026-11-20T09:00:05+01:00", "2026-11-20-090005"],
    ["UTC", "2026-11-20", "08:00", "2026-11-20T08:00:05+00:00", "2026-11-20-080005"],
    ["Pacific/Auckland", "2026-11-20", "21:00", "2026-11-20T21:00:05+13:00", "2026-11-20-210005"],
    ["America/St_Johns", "2026-11-20", "04:30", "2026-11-20T04:30:05-03:30", "2026-11-20-043005"],
  ])("%s", (zone, date, time, instant, suffix) => {
    expect(runTime(at, zone)).toEqual({ date, time, instant, suffix });
    expect(Date.parse(instant)).toBe(at);
  });

  test.each([
    ["a minute", "Europe/Paris", "2026-11-20T09:00:00+01:00", "2026-11-20-0900"],
    ["the first coming", "Europe/Paris", "2027-10-31T02:30:00+02:00", "2027-10-31-0230"],
    ["the second coming", "Europe/Paris", "2027-10-31T02:30:00+01:00", "2027-10-31-0230-second"],
    ["the hour behind it", "Europe/Paris", "2027-10-31T03:00:00+01:00", "2027-10-31-0300"],
    ["behind a skipped hour", "Europe/Paris", "2027-03-28T03:30:00+02:00", "2027-03-28-0330"],
    [
      "clocks set back by half an hour",
      "Australia/Lord_Howe",
      "2027-04-04T01:45:00+10:30",
      "2027-04-04-0145-second",
    ],
  ])("a slot's ending, %s", (_, zone, instant, suffix) => {
    expect(runTime(Date.parse(instant), zone)).toMatchObject({ instant, suffix });
  });

  test("midnight is 00, not 24", () => {
    expect(runTime(Date.UTC(2026, 0, 1), "UTC").time).toBe("00:00");
  });
});
