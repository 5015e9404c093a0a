import { expect, it } from "vitest";
import { mergeEqualJobs } from "../../src/plan/merge-equal-jobs.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { plannedJob } from "../support/planned-job.ts";
import { onlyJobId, order, world } from "../support/small-world.ts";

const one = plannedJob({ name: "one" });
const review = { atDeadline: "stop" } as const;
/** The same video, for a recipe in another folder. */
const two: PlannedJob = {
  ...one,
  name: "two",
  outDir: "/other",
  review,
  steps: one.steps.map((step) =>
    step.kind === "export" ? { ...step, key: "two", path: "/other/two.mp4", shownPath: "two.mp4" } : step,
  ),
};

it("each video of a job that is paid once for several stays in its own recipe's folder", async () => {
  const { review: _, ...unseen } = two;
  const { run, ports } = world();
  const { deliver } = ports.files;
  const places: unknown[] = [];
  Object.assign(ports.files, {
    deliver: (...call: Parameters<typeof deliver>) => {
      places.push([call[0], call[2]?.within]);
      return deliver(...call);
    },
  });
  const { counts } = await run([order(mergeEqualJobs(one, [unseen]))]);
  expect(counts.succeeded).toBe(1);
  expect(places).toEqual([
    ["/out/one.mp4", "/out"],
    ["/other/two.mp4", "/other"],
  ]);
});

it.each<[string, PlannedJob, PlannedJob]>([
  ["the first", two, one],
  ["another", one, two],
])("nothing is exported before its review where %s of them asks for one", async (_, first, other) => {
  const { run, ports } = world();
  const { counts } = await run([order(mergeEqualJobs(first, [other]))]);
  expect(counts).toMatchObject({ succeeded: 0, needsYou: 1 });
  const events = await ports.journal.read(await onlyJobId(ports.journal));
  expect(events.map(({ event }) => event.type)).not.toContain("export-starting");
});
