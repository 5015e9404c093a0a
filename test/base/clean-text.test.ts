import { describe, expect, it } from "vitest";
import { cleanLine, cleanText } from "../../src/base/clean-text.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { cpuClock } from "../support/cpu-clock.ts";

describe("cleanText", () => {
  it.each([
    ["plain, 日本語, 点击, é 🎬", "plain, 日本語, 点击, é 🎬"],
    ["two\nlines\tand a tab", "two\nlines\tand a tab"],
    ["dos\r\nold mac\rend", "dos\nold mac\nend"],
    ["\u001B[31mred\u001B[0m", "red"],
    ["\u001B[2J\u001B[1;1Hgone", "gone"],
    ["\u001B]0;title\u0007text", "text"],
    ["\u001B]8;;https://evil.example\u001B\\link\u001B]8;;\u001B\\", "link"],
    ["\u009B31mred", "red"],
    ["\u001BPdevice\u001B\\after", "after"],
    ["\u001Bcreset", "reset"],
    ["bell\u0007 back\b space\u0000", "bell back space"],
    ["abc\u202Egnp.exe", "abcgnp.exe"],
    ["\u2066isolate\u2069 \uFEFFmark", "isolate mark"],
    ["half \uD800 pair", "half  pair"],
    ["tag\u{E0041}", "tag"],
  ])("%j becomes %j", (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it("leaves no control or direction character in 10,000 random strings", () => {
    const random = seededRandom(11);
    const pieces = [
      "\u001B",
      "[",
      "]",
      "31m",
      "\u0007",
      "\\",
      "a",
      "\u009B",
      "\u009D",
      "\u0090",
      "点",
      "\n",
      "\u202E",
    ];
    const forbidden =
      // oxlint-disable-next-line no-control-regex -- what must not be left
      /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u200E\u200F\uFEFF]/u;
    for (let round = 0; round < 10_000; round++) {
      const length = random.between(0, 24);
      const text = Array.from({ length }, () =>
        random.chance(0.3) ? String.fromCharCode(random.between(0, 0xffff)) : random.pick(pieces),
      ).join("");
      expect(cleanText(text)).not.toMatch(forbidden);
    }
  });
});

describe("cleanLine", () => {
  it.each<[string, number, string]>([
    ["  a\n b\t c ", 300, "a b c"],
    ["abcdef", 4, "abc…"],
    ["ab🎬def", 4, "ab…"],
  ])("%j within %d is %j", (text, limit, expected) => {
    expect(cleanLine(text, limit)).toBe(expected);
  });

  it("takes a second at most for a megabyte of escapes", () => {
    const spentMs = cpuClock();
    cleanText("\u001B[".repeat(500_000));
    cleanText("\u001B]".repeat(500_000));
    expect(spentMs()).toBeLessThan(1000);
  });
});
