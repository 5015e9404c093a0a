import { expect, test } from "vitest";
import { freshTake } from "../../src/plan/fresh-take.ts";
import type { ExportStep, PlannedJob, Step } from "../../src/plan/planned-job.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";

const withPath = (path: string, change: Partial<PlannedJob> = {}): PlannedJob => {
  const job = { ...plannedJob(), ...change };
  const steps: Step[] = [];
  for (const step of job.steps)
    steps.push(step.kind === "export" ? { ...step, path, shownPath: path } : step);
  return { ...job, steps };
};
const exportOf = (job: PlannedJob): ExportStep | undefined =>
  job.steps.find((step) => step.kind === "export");

test.each([
  ["/out/promo.mp4", "/out/promo-take2.mp4"],
  ["/out/promo-wide.mp4", "/out/promo-take2-wide.mp4"],
  ["/out/promo/promo.gif", "/out/promo/promo-take2.gif"],
  ["C:\\out\\promo.mp4", "C:\\out\\promo-take2.mp4"],
  ["/out/final.mp4", "/out/final.mp4"],
  ["/out/promotion.mp4", "/out/promotion.mp4"],
])("%s becomes %s", (before, now) => {
  const fresh = freshTake(withPath(before), 2, sha256);
  expect(fresh).toMatchObject({ name: "promo-take2", take: 2 });
  expect(exportOf(fresh)).toMatchObject({ path: now, shownPath: now });
});

test("a take of a take is called after the first", () => {
  const third = freshTake(withPath("/out/promo-take2.mp4", { name: "promo-take2", take: 2 }), 3, sha256);
  expect(third.name).toBe("promo-take3");
  expect(exportOf(third)?.path).toBe("/out/promo-take3.mp4");
});

test("what is paid has the same keys, and every delivery one of its own", () => {
  const job = withPath("/out/promo.mp4");
  const fresh = freshTake(job, 2, sha256);
  const paid = ({ steps }: PlannedJob): string[] =>
    steps.filter(({ kind }) => kind !== "export").map(({ key }) => key);
  expect(paid(fresh)).toEqual(paid(job));
  expect(fresh.paidKey).toBe(job.paidKey);
  expect(exportOf(fresh)?.key).not.toBe(exportOf(job)?.key);
});
