import { describe, expect, test } from "vitest";
import { convert } from "../../src/recipe/convert.ts";
import type { TemplateKind } from "../../src/recipe/recipe.ts";

describe("values of every kind", () => {
  test.each<[TemplateKind, unknown, unknown]>([
    ["text", "a", "a"],
    ["scalar", null, null],
    ["scalar", 1.5, 1.5],
    ["integer", -3, -3],
    ["integer", "12", 12],
    ["integer", " 12 ", 12],
    ["count", 1, 1],
    ["boolean", false, false],
    ["boolean", "true", true],
    ["durationMs", "1h30m", 5_400_000],
    ["durationMs", "1.5s", 1500],
    ["durationMs", "0s", 0],
    ["since", "last-run", "last-run"],
    ["since", "7d", 604_800_000],
    ["range", 2, { min: 2, max: 2 }],
    ["range", "1..", { min: 1 }],
    ["range", "..3", { max: 3 }],
    ["range", "1 .. 3", { min: 1, max: 3 }],
    ["range", "1.5", { min: 1.5, max: 1.5 }],
    ["durationRange", "15s", { min: 15_000, max: 15_000 }],
    ["durationRange", "14s..16s", { min: 14_000, max: 16_000 }],
    ["durationRange", "..1m", { max: 60_000 }],
    ["format", "mkv", "mkv"],
    ["quality", "low", "low"],
    ["aspect", "2.39:1", "2.39:1"],
    ["language", "zh-Hans-CN", "zh-Hans-CN"],
  ])("%s: %j", (kind, raw, value) => {
    expect(convert(kind, raw)).toEqual({ value });
  });
});

describe("values that are none", () => {
  test.each<[TemplateKind, unknown]>([
    ["text", ""],
    ["text", "  \n"],
    ["text", 5],
    ["text", null],
    ["text", ["a"]],
    ["scalar", ["a"]],
    ["scalar", { a: 1 }],
    ["integer", 1.5],
    ["integer", "1.5"],
    ["integer", Infinity],
    ["integer", 1e300],
    ["integer", "0x10"],
    ["integer", ""],
    ["count", 0],
    ["count", true],
    ["boolean", "yes"],
    ["boolean", 1],
    ["durationMs", 15],
    ["durationMs", "15"],
    ["durationMs", "-1s"],
    ["durationMs", "9".repeat(400) + "d"],
    ["since", "yesterday"],
    ["range", "3..1"],
    ["range", ".."],
    ["range", -1],
    ["range", Number.NaN],
    ["range", "a..b"],
    ["durationRange", "14..16"],
    ["durationRange", 15],
    ["format", "MP4"],
    ["quality", 5],
    ["aspect", "16/9"],
    ["language", "english language"],
  ])("%s: %j", (kind, raw) => {
    expect(convert(kind, raw)).toMatchObject({ message: expect.stringMatching(/^must /) as string });
  });

  test.each<[TemplateKind, unknown, string]>([
    ["durationMs", 90, "durations have a unit: 1m30s"],
    ["format", "mp5", "did you mean `mp4`?"],
    ["text", 5, 'put it in quotes: "5"'],
  ])("%s: %j has a hint", (kind, raw, hint) => {
    expect(convert(kind, raw)).toMatchObject({ hint });
  });
});
