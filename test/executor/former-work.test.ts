import { expect, test } from "vitest";
import { makePast, planFor, planWorld } from "../support/plan-for.ts";

const rows = (count: number): string =>
  `rows:\n${Array.from({ length: count }, (_, row) => `  - { name: row-${row} }`).join("\n")}\n`;
const recipe = (count: number): string => `${rows(count)}prompts: "a video about \${{ row.name }}"\n`;

test("hundreds of jobs that begin alike are all found again: none is paid twice", async () => {
  const world = planWorld();
  const first = await planFor(recipe(250), world);
  expect(first.totals.paying).toBe(250);
  for (const [index, { job }] of first.jobs.entries()) await makePast(world, job, { jobId: `job_${index}` });
  const again = await planFor(recipe(250), world);
  expect(again.totals).toMatchObject({ paying: 0, reasons: { "up-to-date": 250 } });
  const longer = await planFor(`${recipe(250)}refinements: warmer\n`, world);
  expect(longer.totals).toMatchObject({ reasons: { continue: 250 }, turns: 250 });
});

test("jobs that failed before their first turn are each gone on with as themselves", async () => {
  const world = planWorld();
  const first = await planFor(recipe(3), world);
  for (const [index, { job }] of first.jobs.entries())
    await makePast(world, job, { jobId: `job_${index}`, steps: 0, end: "failed" });
  const again = await planFor(recipe(3), world);
  expect(again.jobs.map(({ reason, jobId }) => [reason, jobId])).toEqual([
    ["go-on", "job_0"],
    ["go-on", "job_1"],
    ["go-on", "job_2"],
  ]);
});
