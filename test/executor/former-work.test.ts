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

test("a fresh take is counted among those of its own recipe, whatever others were made of nothing", async () => {
  const world = planWorld();
  let number = 0;
  const made = async (
    texts: Readonly<Record<string, string>>,
    again: boolean,
  ): Promise<string | undefined> => {
    const [one] = (await planFor(texts, world, { again })).jobs;
    if (one !== undefined) await makePast(world, one.job, { jobId: `job_${number++}` });
    return one?.job.name;
  };
  for (const again of [false, true, true]) await made({ "other.yaml": "prompts: rain" }, again);
  expect(await made({ "promo.yaml": "prompts: snow" }, false)).toBe("promo");
  expect(await made({ "promo.yaml": "prompts: snow" }, true)).toBe("promo-take2");
  // Other turns of the recipe: the files of its earlier takes stay.
  expect(await made({ "promo.yaml": "prompts: sun" }, false)).toBe("promo");
  expect(await made({ "promo.yaml": "prompts: sun" }, true)).toBe("promo-take3");
});
