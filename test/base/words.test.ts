import { describe, expect, it } from "vitest";
import { assert, Bug } from "../../src/base/assert.ts";
import { formatDuration, parseDuration } from "../../src/base/duration.ts";
import { idsFrom } from "../../src/base/ids.ts";
import { canonicalJson } from "../../src/base/json.ts";
import { naturalOrder } from "../../src/base/natural-order.ts";
import { nearMiss } from "../../src/base/near-miss.ts";
import { formatRange, isInRange, parseRange } from "../../src/base/range.ts";
import { slug } from "../../src/base/slug.ts";
import { unlessAborted } from "../../src/base/unless-aborted.ts";

describe("durations", () => {
  it.each([
    ["500ms", 500],
    ["2s", 2_000],
    ["1.5s", 1_500],
    ["15m", 900_000],
    ["1h30m", 5_400_000],
    ["7d", 604_800_000],
  ])("%s is %i ms, there and back", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
    expect(parseDuration(formatDuration(ms))).toBe(ms);
  });
  it.each(["", "15", "m", "-2s", "2 s", "2sec", "1h 30m"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("ranges", () => {
  const number = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);
  it.each([
    ["14..16", { min: 14, max: 16 }],
    ["1..", { min: 1 }],
    ["..3", { max: 3 }],
    ["7", { min: 7, max: 7 }],
  ])("%s", (text, range) => {
    expect(parseRange(text, number)).toEqual(range);
    expect(formatRange(range)).toBe(text);
  });
  it.each(["", "..", "3..1", "a..b", "1..2..3"])("%j is none", (text) => {
    expect(parseRange(text, number)).toBeUndefined();
  });
  it("holds its ends, and the slack around them", () => {
    expect([14, 16, 13.9, 16.1].map((value) => isInRange(value, { min: 14, max: 16 }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isInRange(13.9, { min: 14 }, 0.25)).toBe(true);
  });
});

describe("near misses", () => {
  const known = ["prompts", "refinements", "inputs", "export"];
  it.each([
    ["refinement", "refinements"],
    ["promts", "prompts"],
    ["Inputs", "inputs"],
    ["exprot", "export"],
    ["zebra", undefined],
  ])("%s → %s", (typed, meant) => expect(nearMiss(typed, known)).toBe(meant));
});

it("counts as people do", () => {
  expect(["10.jpg", "2.jpg", "B.jpg", "a.jpg"].sort(naturalOrder)).toEqual([
    "2.jpg",
    "10.jpg",
    "a.jpg",
    "B.jpg",
  ]);
});

it("makes slugs of any text", () => {
  expect(slug("My Promo (2).yaml")).toBe("my-promo-2-yaml");
  expect(slug("Café über")).toBe("cafe-uber");
  expect(slug("海边 日落")).toBe("海边-日落");
  expect(slug("../..")).toBe("");
});

it("writes equal values as equal text", () => {
  expect(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] })).toBe(canonicalJson({ a: [{ c: 3, d: 2 }], b: 1 }));
});

it("makes ids of a prefix and sixteen letters", () => {
  const newId = idsFrom((count) => Uint8Array.from({ length: count }, (_, index) => index * 17));
  expect(newId("job")).toMatch(/^job_[0-9a-z]{16}$/);
});

it("tells a bug from a failure", () => {
  expect(() => assert(false, "never")).toThrow(Bug);
});

describe("a promise and a signal", () => {
  const cause = new Error("it failed");
  it.each([
    ["what it brings", () => Promise.resolve(7), false, { value: 7 }],
    ["nothing, where the signal came before", () => Promise.resolve(7), true, undefined],
    ["its failure", () => Promise.reject(cause), false, cause],
    ["no failure behind the signal", () => Promise.reject(cause), true, undefined],
  ])("%s", async (_, promise, isAborted, expected) => {
    const signal = isAborted ? AbortSignal.abort() : new AbortController().signal;
    expect(await unlessAborted(signal, promise()).catch((error: unknown) => error)).toEqual(expected);
  });
  it("nothing, where the signal comes while it is awaited", async () => {
    const stop = new AbortController();
    const coming = unlessAborted(stop.signal, new Promise(() => {}));
    stop.abort();
    expect(await coming).toBeUndefined();
  });
});
