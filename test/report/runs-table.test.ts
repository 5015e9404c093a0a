import { describe, expect, it } from "vitest";
import type { RunRow } from "../../src/executor/ports.ts";
import { runsTable } from "../../src/report/runs-table.ts";
import { textWidth } from "../../src/report/text-width.ts";
import { noPaint, startMs } from "./reports.ts";

const view = { paint: noPaint, columns: 80, timeZone: "UTC" };
const run = (runId: string, more: Partial<RunRow> = {}): RunRow => ({
  runId,
  startedAtMs: startMs,
  recipes: ["promo"],
  jobIds: ["job_1"],
  ...more,
});

describe("runsTable", () => {
  it("lists runs in columns", () => {
    const rows = [
      run("run_33"),
      run("run_2", {
        finishedAtMs: startMs + 62_000,
        exitCode: 0,
        jobIds: ["job_1", "job_2"],
        recipes: ["promo", "recap"],
      }),
    ];
    expect(runsTable(rows, view)).toEqual([
      "run     started           took   jobs    result        recipes",
      "run_33  2026-11-20 09:00         1 job   not finished  promo",
      "run_2   2026-11-20 09:00  1m02s  2 jobs  done          promo, recap",
    ]);
  });

  it.each([
    [0, "done"],
    [1, "not all made"],
    [3, "refused"],
    [70, "broke"],
    [75, "left open"],
    [130, "interrupted"],
    [99, "exit 99"],
  ])("exit code %i: %s", (exitCode, word) => {
    expect(runsTable([run("run_1", { finishedAtMs: startMs, exitCode })], view)[1]).toContain(`  ${word}  `);
  });

  it("says of a run without a job that all was up to date, unless it did not get so far", () => {
    const line = (exitCode: number): string | undefined =>
      runsTable([run("run_1", { finishedAtMs: startMs, exitCode, jobIds: [] })], view)[1];
    expect(line(0)).toMatch(/ {2}up to date {2}done /);
    expect(line(3)).toMatch(/ {2}0 jobs {2}refused /);
  });

  it("keeps to the width with many recipes", () => {
    const recipes = Array.from({ length: 50 }, (_, index) => `recipe-${index}`);
    for (const line of runsTable([run("run_1", { recipes })], view)) expect(textWidth(line)).toBeLessThan(80);
  });

  it("says how to make the first", () => {
    expect(runsTable([], view)).toEqual(["no run yet: `nemo-recipe run` makes the first"]);
  });
});
