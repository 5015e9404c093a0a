import { describe, expect, it } from "vitest";
import { agentText } from "../../src/report/agent-text.ts";
import { countOf } from "../../src/base/count-of.ts";
import { creditsText } from "../../src/report/credits-text.ts";
import { fileFactsText } from "../../src/report/file-facts-text.ts";
import { formatBytes } from "../../src/report/format-bytes.ts";
import { formatElapsed } from "../../src/report/format-elapsed.ts";
import { formatInstant } from "../../src/report/format-instant.ts";
import { fitText, padText, textWidth } from "../../src/report/text-width.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [9949, "9.9 kB"],
  [9960, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [3_240_000, "3.2 MB"],
  [200_000_000, "200 MB"],
  [1.5e12, "1.5 TB"],
  [5e15, "5000 TB"],
])("formatBytes %d: %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [-5, "0s"],
  [999, "0s"],
  [59_999, "59s"],
  [60_000, "1m00s"],
  [3_725_000, "1h02m"],
  [86_400_000, "1d00h"],
  [277_200_000, "3d05h"],
])("formatElapsed %d: %s", (ms, text) => expect(formatElapsed(ms)).toBe(text));

it.each([
  ["UTC", "2026-03-29 00:30"],
  ["Europe/Paris", "2026-03-29 01:30"],
  ["America/New_York", "2026-03-28 20:30"],
])("formatInstant in %s: %s", (zone, text) =>
  expect(formatInstant(Date.UTC(2026, 2, 29, 0, 30, 59), zone)).toBe(text),
);

it.each([
  [1, "1 video"],
  [0, "0 videos"],
  [2, "2 videos"],
])("countOf %i: %s", (count, text) => expect(countOf(count, "video")).toBe(text));

it.each([
  [50, false, "50 credits"],
  [1, false, "1 credit"],
  [50, true, "at least 50 credits"],
  [0, true, "cost not measured"],
])("creditsText %i, %s: %s", (credits, unknown, text) => expect(creditsText(credits, unknown)).toBe(text));

it("fileFactsText leaves out what the file does not show", () => {
  const file = { sizeBytes: 1_500_000, sha256: "x", format: "gif" };
  expect(fileFactsText(file)).toBe("1.5 MB");
  expect(fileFactsText({ ...file, durationMs: 14_960, width: 480, height: 270 })).toBe(
    "1.5 MB, 15.0 s, 480×270",
  );
});

describe("text on a terminal", () => {
  it.each([
    ["promo", 5],
    ["", 0],
    ["日本", 4],
    ["e\u0301", 1],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["1×2…", 4],
    ["ﾊﾝｶｸ", 4],
    ["ＡＢ", 4],
  ])("%s takes its columns", (text, width) => expect(textWidth(text)).toBe(width));

  it.each([
    ["promo", 5, "promo"],
    ["promo", 4, "pro…"],
    ["日本の山", 6, "日本…"],
    ["日本の山", 5, "日本…"],
    ["日本の山", 4, "日…"],
    ["a b", 3, "a b"],
    ["a bc", 3, "a…"],
    ["👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"],
    ["promo", 1, "…"],
    ["promo", 0, ""],
  ])("%s fits into %i", (text, columns, fitted) => expect(fitText(text, columns)).toBe(fitted));

  it("padText takes exactly its columns", () => {
    for (const text of ["promo", "日本の山", "👩‍👩‍👧", ""])
      for (let columns = 1; columns < 12; columns++) expect(textWidth(padText(text, columns))).toBe(columns);
  });
});

it.each([
  ["see https://cdn.test/a.mp4?X-Sig=abc&b=c, please", "see https://cdn.test/a.mp4 please"],
  ["(https://cdn.test/a#token=abc)", "(https://cdn.test/a)"],
  ["why? because #1", "why? because #1"],
  ["\u001b[31mred\u001b[0m\n next ", "red\n next"],
])("agentText %j: %j", (text, clean) => expect(agentText(text)).toBe(clean));
