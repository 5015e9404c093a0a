import { describe, expect, test } from "vitest";
import type { Pattern } from "../../src/recipe/pattern.ts";
import { compilePattern } from "../../src/recipe/pattern.ts";
import { cpuClock } from "../support/cpu-clock.ts";

const patterns = [
  "^[a-z]+(-[a-z]+)*$",
  "a|b",
  "^$",
  "",
  "x{2,3}y",
  "a{2,}",
  "a{0}b",
  "(a{1,2}){2}$",
  "\\bfoo\\b",
  "o\\B",
  "^\\p{L}+$",
  "\\P{L}",
  "[^\\]]x",
  "[\\d_-]+",
  "(?:ab|cd)?e",
  "(?<year>\\d{4})-\\d{2}",
  "^(a|b|)c",
  "\\u{1F600}",
  "\\u00e9",
  "\\x41\\.",
  "é.a",
  "a*?b",
  ".*\\/.*",
  "(|a)+b",
];
const texts = [
  "",
  "a",
  "b",
  "aab",
  "a-b",
  "xxy",
  "xxxxy",
  "a foo b",
  "food",
  "été",
  "]x",
  "c",
  "bc",
  "2026-11",
];
const more = ["abe", "cde", "e", "😀", "A.", "éxa", "é\na", "a/b", "b-", "日本", "aaaa", "1_2"];

describe("a pattern means what it means in JavaScript", () => {
  test.each(patterns)("%s", (pattern) => {
    for (const text of [...texts, ...more])
      expect(compiled(pattern).test(text), JSON.stringify(text)).toBe(new RegExp(pattern, "u").test(text));
  });
});

test.each([
  ["(", "cannot be read"],
  ["a**", "cannot be read"],
  ["[z-a]", "cannot be read"],
  ["(?=a)", "lookahead"],
  ["(?<!a)b", "lookahead, lookbehind"],
  ["(a)\\1", "back references"],
  ["(?<n>a)\\k<n>", "back references"],
  ["((a{90}){90}){90}", "too large"],
  ["(((){2000}){2000}){2000}", "too large"],
  ["(((a{0}){2000}){2000}){2000}", "too large"],
  ["a{999999999}", "too large"],
  ["(".repeat(20_000) + ")".repeat(20_000), "cannot be read"],
])("%# is refused", (pattern, message) => {
  expect(compilePattern(pattern)).toMatchObject({ message: expect.stringContaining(message) as string });
});

test("no pattern takes long", () => {
  const spentMs = cpuClock();
  for (const pattern of [
    "(a+)+$",
    "(a|a)*b",
    "(a*)*b",
    "a*a*a*a*a*a*b",
    "(.*)*x",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
  ])
    expect(compiled(pattern).test(`${"a".repeat(4000)}!`)).toBe(false);
  expect(spentMs()).toBeLessThan(2000);
});

function compiled(pattern: string): Pattern {
  const result = compilePattern(pattern);
  if ("message" in result) throw new Error(result.message);
  return result;
}
