import path from "node:path";
import { describe, expect, test } from "vitest";
import { pathsFor } from "../../src/plan/paths.ts";

const cases: readonly (readonly [boolean, string, string])[] = [
  [false, "/a/b", "c/d.mp4"],
  [false, "/a/b", "../c"],
  [false, "/a/b", "../../../../c"],
  [false, "/a/b/", "./c//d/"],
  [false, "/a/b", "/x/../y"],
  [false, "/", "x"],
  [true, "C:\\a\\b", "c\\d.mp4"],
  [true, "C:\\a\\b", "c/d/../e"],
  [true, "C:\\a", "..\\..\\.."],
  [true, "C:\\a", "D:\\x\\y"],
  [true, "\\\\server\\share\\a", "..\\..\\b"],
];

describe("pathsFor", () => {
  test.each(cases)("windows %s: %s and %s as the platform's own module has it", (windows, dir, name) => {
    const native = windows ? path.win32 : path.posix;
    const strip = (text: string): string => (text.length > 3 ? text.replace(/[\\/]$/, "") : text);
    expect(strip(pathsFor(windows).resolve(dir, name))).toBe(strip(native.resolve(dir, name)));
  });

  test.each([
    [false, "/a/b", "/a/b/c/d", "c/d"],
    [false, "/a/b", "/a/bc", undefined],
    [false, "/a/b", "/a/b", ""],
    [false, "/a/b", "c", "c"],
    [false, "/a/b", "../b/c", "c"],
    [false, "/a/b", "../c", undefined],
    [false, "/", "/a", "a"],
    [false, "/a", "/A/b", undefined],
    [true, "C:\\Out", "c:\\out\\X.mp4", "X.mp4"],
    [true, "C:\\Out", "C:\\Outside\\X", undefined],
    [true, "C:\\Out", "D:x.mp4", undefined],
    [true, "C:\\Out", "\\x.mp4", undefined],
    [true, "C:\\Out", "\\\\host\\share\\x", undefined],
  ])("windows %s: within %s, %s is %s", (windows, dir, name, inside) => {
    expect(pathsFor(windows).within(dir, name)).toBe(inside);
  });
});
