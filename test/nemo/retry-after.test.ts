import { describe, expect, it } from "vitest";
import { retryAfter } from "../../src/nemo/retry-after.ts";
import { proven } from "../support/proven.ts";

const now = Date.UTC(2026, 10, 20, 9, 0, 0);

describe("retryAfter", () => {
  const cases: readonly (readonly [string | undefined, number])[] = [
    ["0", 0],
    ["1", 1000],
    ["120", 120_000],
    [" 7 ", 7000],
    ["1.5", 1500],
    ["0.001", 1],
    [".5", 500],
    ["30s", 30_000],
    ["2 S", 2000],
    ["1500ms", 1500],
    ["1500.5ms", 1501],
    ["250 ms", 250],
    ["Fri, 20 Nov 2026 09:00:45 GMT", 45_000],
    ["Friday, 20-Nov-26 09:01:00 GMT", 60_000],
    ["Fri Nov 20 09:00:10 2026", 10_000],
    ["2026-11-20T09:00:05Z", 5000],
    ["2026-11-20T10:00:05+01:00", 5000],
    ["Fri, 20 Nov 2026 08:00:00 GMT", 0],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["99999999999", 7 * 86_400_000],
    ["Fri, 20 Nov 2099 09:00:00 GMT", 7 * 86_400_000],
    [undefined, 30_000],
    ["", 30_000],
    ["soon", 30_000],
    ["-5", 30_000],
    ["1e3", 30_000],
    ["0x10", 30_000],
    ["NaN", 30_000],
    ["Infinity", 30_000],
    ["30, 60", 30_000],
    ["30 bananas", 30_000],
    ["1.2.3", 30_000],
    ["9".repeat(400), 30_000],
    ["nonsense 09:00 nonsense", 30_000],
    ["2026", 2_026_000],
    ["0.0", 0],
    ["00", 0],
    ["007", 7000],
    ["\t3\t", 3000],
    ["3600", 3_600_000],
    ["604800", 7 * 86_400_000],
    ["604801", 7 * 86_400_000],
    ["0ms", 0],
    ["10S", 10_000],
    ["5 MS", 5],
    ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
    ["Sat, 21 Nov 2026 09:00:00 GMT", 86_400_000],
    ["Fri, 20 Nov 2026 10:00:45 +0100", 45_000],
    ["2026-11-20T09:00:05.500Z", 5500],
    ["Fri, 32 Nov 2026 09:00:00 GMT", 30_000],
    ["25:61", 30_000],
    ["١٢", 30_000],
    ["5;", 30_000],
    ["null", 30_000],
    ["{}", 30_000],
  ];
  it.each(cases)("%j is %d ms", (header, expected) => {
    expect(retryAfter(header, now)).toBe(expected);
  });

  it("H5: in every shape", () => {
    expect(cases.length).toBeGreaterThanOrEqual(50);
    const wrong = cases.filter(([header, expected]) => retryAfter(header, now) !== expected);
    expect(wrong).toEqual([]);
    proven("H5", `${cases.length} shapes of Retry-After, each with its milliseconds`);
  });
});
