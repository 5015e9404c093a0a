import { describe, expect, it, test } from "vitest";
import { globTest } from "../../src/watch/glob.ts";
import { nameRules } from "../../src/watch/name-rules.ts";
import { cpuClock } from "../support/cpu-clock.ts";

test.each<[string, readonly string[], readonly string[]]>([
  ["*.jpg", ["a.jpg", "b/c/A.JPG", ".jpg"], ["a.jpeg", "a.jpg/b"]],
  ["*.{jpg,png}", ["a.png", "x/y.jpg"], ["a.gif", "a.{jpg,png}"]],
  ["{a,b{c,d}}.*", ["a.x", "bc.x", "bd.y"], ["b.x", "c.x"]],
  ["raw/*.jpg", ["raw/a.jpg"], ["a.jpg", "x/raw/a.jpg", "raw/b/a.jpg"]],
  ["out/**", ["out/a.mp4", "out/b/c.mp4", "out"], ["about/a.mp4"]],
  ["**/raw/*", ["raw/a", "x/y/raw/a"], ["raw", "x/raw/b/a"]],
  ["a/**/z/**/b", ["a/z/b", "a/1/2/z/3/b"], ["a/b", "a/z/b/c"]],
  ["IMG_[0-9]?.jpg", ["img_12.jpg"], ["IMG_a2.jpg", "IMG_1.jpg"]],
  ["[!a]*.jpg", ["b.jpg"], ["a.jpg"]],
  ["a\\*.jpg", ["a*.jpg"], ["ab.jpg"]],
  ["./x.jpg", ["x.jpg"], ["y.jpg"]],
])("%s", (glob, fits, others) => {
  const test = globTest(glob);
  expect(fits.filter((path) => !test(path))).toEqual([]);
  expect(others.filter(test)).toEqual([]);
});

it("no glob is slow", () => {
  const spentMs = cpuClock();
  globTest(`${"*a".repeat(60)}b`)("a".repeat(250));
  globTest(`${"**/".repeat(60)}b`)("a/".repeat(120));
  globTest("{a,b}".repeat(40))("c");
  expect(spentMs()).toBeLessThan(1_000);
});

describe("the names that a watch means", () => {
  const usual = nameRules({ ignore: ["*.draft.mp4", "old"], recursive: true }, ["done"]);

  it.each([
    ["a.jpg", true],
    ["trip/a.HEIC", true],
    ["a.txt", false],
    ["a.draft.mp4", false],
    ["old/a.jpg", false],
    ["done/a.jpg", false],
    ["trip/done/a.jpg", true],
    [".a.jpg", false],
    [".trip/a.jpg", false],
    ["a.jpg.crdownload", false],
    ["a.unmet.mp4", false],
  ])("%s: %s", (path, is) => {
    expect(usual.finds(path)).toBe(is);
  });

  it("is what `include` says, and no folder below where it is not recursive", () => {
    const rules = nameRules({ include: ["*.txt"], ignore: [], recursive: false }, []);
    expect(["a.txt", "b/a.txt", "a.jpg"].map(rules.finds)).toEqual([true, false, false]);
  });
});
