import { describe, expect, it } from "vitest";
import { retryAfter } from "../../src/nemo/retry-after.ts";

const now = Date.UTC(2026, 10, 20, 9, 0, 0);

describe("retryAfter", () => {
  it.each<[string | undefined, number]>([
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
  ])("%j is %d ms", (header, expected) => {
    expect(retryAfter(header, now)).toBe(expected);
  });
});
