import { describe, expect, it } from "vitest";
import { foldPath } from "../../src/plan/output-path.ts";
import type { FoundFile, PlannedJob } from "../../src/plan/planned-job.ts";
import { withFiles } from "../../src/plan/with-files.ts";
import { exportsOf, planFor, planWorld, problemsOf, told } from "../support/plan-for.ts";
import { sha256 } from "../support/planned-job.ts";

const found = (name: string): FoundFile => ({
  path: `/work/inbox/${name}`,
  shownPath: name,
  name: name.split("/").at(-1) ?? "",
  sizeBytes: 1,
  mtimeMs: 1,
  sha256: sha256(name),
  within: "/work/inbox",
});
const upload = (job: PlannedJob | undefined): FoundFile | undefined => {
  const step = job?.steps.find((one) => one.kind === "upload" && !one.asset);
  return step?.kind === "upload" && step.media.kind === "file" ? step.media.file : undefined;
};

describe("the plan of a watched group", () => {
  it("puts its file in the place of the inputs, and assets go along", async () => {
    const world = planWorld({ "logo.jpg": "logo", "other.jpg": "other" });
    const recipe = `
name: clip
assets: logo.jpg
inputs: other.jpg
watch: { folder: inbox }
prompts: "animate \${{ input.path }}, \${{ input.stem }}, \${{ input.index }}, \${{ input.hash }}"`;
    const plan = await planFor(recipe, world, { group: { files: [found("a b.jpg")], part: "a b" } });
    const [planned] = plan.jobs;
    expect(problemsOf(plan)).toEqual([]);
    expect(planned?.job.name).toBe("clip-a-b");
    expect(told(planned?.job as PlannedJob)).toEqual([
      "↑ logo.jpg",
      "↑ a b.jpg",
      `"animate inbox/a b.jpg, a b, 1, ${sha256("a b.jpg")}"`,
      "→ out/clip-a-b.mp4",
    ]);
    expect(upload(planned?.job)?.within).toBe("/work/inbox");
  });

  it("knows the subfolder's name", async () => {
    const recipe = `
name: trip
watch: { folder: inbox, group: folder }
prompts: a slideshow of \${{ group.name }}
export: { to: "out/\${{ group.name }}.mp4" }`;
    const group = { files: [found("Rome/1.jpg"), found("Rome/2.jpg")], part: "Rome", name: "Rome" };
    const plan = await planFor(recipe, planWorld(), { group });
    expect(plan.jobs.map(({ job }) => [job.name, told(job)])).toEqual([
      ["trip-rome", ["↑ 1.jpg", "↑ 2.jpg", '"a slideshow of Rome"', "→ out/Rome.mp4"]],
    ]);
  });

  it("makes a job of each file with `batch: each`, and of each row for the group", async () => {
    const group = { files: [found("1.jpg"), found("2.jpg")], part: "trip" };
    const each = await planFor("name: a\nbatch: each\nwatch: { group: burst }\nprompts: x", planWorld(), {
      group,
    });
    expect(each.jobs.map(({ job }) => job.name)).toEqual(["a-trip-1", "a-trip-2"]);
    const rows = await planFor(
      "name: a\nrows: [{ name: de }, { name: fr }]\nwatch: { group: burst }\nprompts: 'in ${{ row.name }}'",
      planWorld(),
      { group },
    );
    expect(rows.jobs.map(({ job }) => [job.name, job.steps.length])).toEqual([
      ["a-de-trip", 4],
      ["a-fr-trip", 4],
    ]);
  });

  it("gives an output a number where another job's lies there", async () => {
    const paths = new Set([foldPath("/work/out/a.mp4"), foldPath("/work/out/a-2.mp4")]);
    const taken = { nameFor: (name: string) => `${name}-9`, paths };
    const recipe =
      'name: clip\nwatch: { folder: inbox }\nprompts: x\nexport: { to: "out/${{ input.stem }}.mp4" }';
    const plan = await planFor(recipe, planWorld(), { group: { files: [found("A.jpg")], part: "A" }, taken });
    expect(exportsOf(plan.jobs[0]?.job).map(({ path, shownPath }) => [path, shownPath])).toEqual([
      ["/work/out/A-3.mp4", "out/A-3.mp4"],
    ]);
    expect(plan.jobs[0]?.job.name).toBe("clip-a-9");
  });

  it("takes its files from where they lie now, and stays what it was", async () => {
    const recipe = "name: clip\nwatch: { folder: inbox }\nprompts: animate ${{ input.name }}";
    const plan = await planFor(recipe, planWorld(), { group: { files: [found("a.jpg")], part: "a" } });
    const job = plan.jobs[0]?.job as PlannedJob;
    const moved = withFiles(job, [{ ...found("b/c.jpg"), sha256: sha256("a.jpg") }]);
    expect(upload(moved)?.path).toBe("/work/inbox/b/c.jpg");
    expect(moved.paidKey).toBe(job.paidKey);
    expect(told(moved).slice(1)).toEqual(told(job).slice(1));
    expect(withFiles(job, [found("other.jpg")])).toEqual(job);
  });
});
