import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { proven } from "../support/proven.ts";

const script = fileURLToPath(new URL("year.ts", import.meta.url));
const isProof = process.env["PROOF"] === "1";
const days = 365;
const jobsADay = isProof ? 24 : 4;
const mib = 1024 * 1024;
// The heap is looked at behind a collection on demand: a flag of Node's.
const isNode = !("Bun" in globalThis) && !("Deno" in globalThis);

interface Year {
  readonly virtualDays: number;
  readonly jobs: number;
  readonly kept: number;
  readonly stories: number;
  readonly listeners: number;
  readonly heaps: readonly number[];
}

describe.runIf(isNode)("R8: a year in one process", () => {
  it("leaks nothing and does not drift", { timeout: 3_600_000 }, async () => {
    const args = ["--expose-gc", script, `${days}`, `${jobsADay}`];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const year = JSON.parse(stdout) as Year;
    expect(year).toMatchObject({ virtualDays: days, jobs: days * jobsADay, kept: days * jobsADay });
    // The day was the same each time, and so was what happened in it, to the millisecond.
    expect(year.stories).toBe(1);
    expect(year.listeners).toBe(0);
    const [first = NaN] = year.heaps;
    const last = year.heaps.at(-1) ?? NaN;
    expect(last - first).toBeLessThan(2 * mib);
    const shown = year.heaps.map((heap) => (heap / mib).toFixed(1)).join(", ");
    proven(
      "R8",
      `${days} virtual days, ${year.jobs} jobs in one process: heap each 30 days ${shown} MB; every day the same to the millisecond`,
    );
  });
});
