import { describe, expect, test } from "vitest";
import type { Past } from "../support/former-job.ts";
import {
  makePast,
  planFor,
  planWorld,
  problemsOf,
  type PlanWishes,
  type PlanWorld,
} from "../support/plan-for.ts";

const recipe = "inputs: photo.jpg\nprompts: move\nrefinements: warmer\n";
const contents = { "photo.jpg": "x".repeat(997) };

/** A world in which `text` was run before. */
async function after(text: string, past: Past = {}, wishes: PlanWishes = {}): Promise<PlanWorld> {
  const world = planWorld(contents);
  const plan = await planFor(text, world, wishes);
  for (const { job } of plan.jobs) await makePast(world, job, past);
  return world;
}

interface Case {
  readonly what: string;
  readonly before?: string;
  readonly past?: Past;
  readonly now?: string;
  readonly wishes?: PlanWishes;
  readonly reason: string;
  readonly credits: readonly [number, number, number];
  readonly uploadBytes: number;
}

const free = [0, 0, 0] as const;
const whole = [60, 125, 200] as const;
const refinement = [10, 25, 100] as const;

const cases: readonly Case[] = [
  { what: "asked again", reason: "up-to-date", credits: free, uploadBytes: 0 },
  {
    what: "another format",
    now: `${recipe}export: { format: gif }`,
    reason: "export-again",
    credits: free,
    uploadBytes: 0,
  },
  {
    what: "another folder",
    wishes: { outDir: "videos" },
    reason: "export-again",
    credits: free,
    uploadBytes: 0,
  },
  {
    what: "one turn more",
    before: "inputs: photo.jpg\nprompts: move\n",
    reason: "continue",
    credits: refinement,
    uploadBytes: 0,
  },
  {
    what: "another prompt",
    now: "inputs: photo.jpg\nprompts: fly\nrefinements: warmer",
    reason: "new",
    credits: whole,
    uploadBytes: 1000,
  },
  {
    what: "failed after the upload",
    past: { steps: 1, end: "failed" },
    reason: "go-on",
    credits: whole,
    uploadBytes: 0,
  },
  {
    what: "failed before the upload",
    past: { steps: 0, end: "failed" },
    reason: "go-on",
    credits: whole,
    uploadBytes: 1000,
  },
  {
    what: "failed after a turn",
    past: { steps: 2, end: "failed" },
    reason: "go-on",
    credits: refinement,
    uploadBytes: 0,
  },
  {
    what: "parked",
    past: { steps: 2, next: "unknown", end: "cut-off" },
    reason: "parked",
    credits: free,
    uploadBytes: 0,
  },
  {
    what: "parked, with a turn still to come",
    past: { steps: 1, next: "unknown", end: "cut-off" },
    reason: "parked",
    credits: free,
    uploadBytes: 0,
  },
  {
    what: "the local backend has its own past",
    wishes: { backend: "local", outDir: "/work/previews" },
    reason: "new",
    credits: free,
    uploadBytes: 1000,
  },
  { what: "--again", wishes: { again: true }, reason: "new", credits: whole, uploadBytes: 1000 },
];

describe("what was made before is not paid again", () => {
  test.each(cases)("$what: $reason", async ({ before, past, now, wishes, reason, credits, uploadBytes }) => {
    const plan = await planFor(now ?? recipe, await after(before ?? recipe, past), wishes);
    expect(plan.problems).toEqual([]);
    const [low, likely, high] = credits;
    expect(plan.jobs).toHaveLength(1);
    expect(plan.jobs[0]).toMatchObject({ reason, uploadBytes, credits: { low, likely, high } });
    expect(plan.jobs[0]?.jobId).toBe(reason === "new" ? undefined : "job_1");
  });

  test("an output that is gone is exported again", async () => {
    const world = await after(recipe);
    world.files.remove("/work/out/promo.mp4");
    expect((await planFor(recipe, world)).jobs[0]?.reason).toBe("export-again");
  });

  test("a job that another process drives is busy, and its lock is left alone", async () => {
    const world = await after(recipe, { steps: 2, end: "cut-off" });
    const lock = await world.journal.lock("job_1");
    expect((await planFor(recipe, world)).jobs[0]).toMatchObject({ reason: "busy", jobId: "job_1" });
    await lock?.release();
    expect((await planFor(recipe, world)).jobs[0]?.reason).toBe("go-on");
    expect(await world.journal.lock("job_1")).toBeDefined();
  });

  test("planning writes nothing", async () => {
    const world = await after(recipe, { steps: 2, end: "failed" });
    const events = await world.journal.read("job_1");
    const paths = world.files.paths();
    await planFor(recipe, world, { again: true });
    expect(await world.journal.read("job_1")).toEqual(events);
    expect(world.files.paths()).toEqual(paths);
    expect(await world.journal.findJobs("")).toHaveLength(1);
  });
});

describe("takes", () => {
  const named = "inputs: photo.jpg\nprompts: 'move as ${{ job.name }}'\n";

  test.each([recipe, named])(
    "a fresh take has its own name and outputs, and wins later: %j",
    async (text) => {
      const world = await after(text);
      const fresh = (await planFor(text, world, { again: true })).jobs[0];
      expect(fresh?.job).toMatchObject({ name: "promo-take2", take: 2 });
      expect(fresh?.outputs).toEqual(["out/promo-take2.mp4"]);
      if (fresh === undefined) return;
      await makePast(world, fresh.job, { jobId: "job_2" });
      const later = (await planFor(text, world)).jobs[0];
      expect(later).toMatchObject({ reason: "up-to-date", jobId: "job_2" });
      expect(later?.job.name).toBe("promo-take2");
      expect((await planFor(text, world, { again: true })).jobs[0]?.job.name).toBe("promo-take3");
    },
  );

  test("--again of what was never made is its first take", async () => {
    const plan = await planFor(recipe, planWorld(contents), { again: true });
    expect(plan.jobs[0]?.job.name).toBe("promo");
  });

  test("a take that would write where another job does is refused", async () => {
    const rows = "rows: [{ name: a, x: 1 }, { name: a take2, x: 2 }]\nprompts: ${{ row.x }} s";
    const world = planWorld();
    const [job] = (await planFor(rows, world)).jobs;
    if (job !== undefined) await makePast(world, job.job);
    const plan = await planFor(rows, world, { again: true });
    expect(problemsOf(plan)).toEqual(
      ["-: output-collision"].map(() => expect.stringContaining("output-collision")),
    );
  });
});

describe("outputs that stand already", () => {
  test("a file that is not ours stops the run, unless it may be replaced", async () => {
    const world = planWorld({ ...contents, "out/promo.mp4": "somebody's" });
    const plan = await planFor(recipe, world);
    expect(plan.problems).toMatchObject([{ code: "output-exists", severity: "error" }]);
    expect(plan.problems[0]?.hint).toContain("--overwrite");
    expect((await planFor(recipe, world, { overwrite: true })).problems).toEqual([]);
  });

  test("a file where the output's folder should be stops the run before it is paid", async () => {
    const world = await after(recipe);
    const blocked = planWorld({ ...contents, out: "a file" });
    const plan = await planFor(recipe, blocked);
    expect(plan.problems).toMatchObject([{ code: "output-blocked", severity: "error" }]);
    expect(plan.problems[0]?.message).toContain("/work/out is a file, not a folder");
    expect(plan.problems[0]?.hint).toContain("--out");
    expect((await planFor(recipe, blocked, { outDir: "/work/other" })).problems).toEqual([]);
    world.files.put("/work/out", "an archive that takes nothing more");
    expect((await planFor(recipe, world)).problems).toEqual([]);
  });

  test("ours, changed by somebody, is not ours any more", async () => {
    const world = await after(recipe);
    world.files.put("/work/out/promo.mp4", "edited by hand");
    expect(problemsOf(await planFor(recipe, world))).toEqual([expect.stringContaining("output-exists")]);
  });

  test("ours may be replaced by a new video", async () => {
    const plan = await planFor("inputs: photo.jpg\nprompts: fly\n", await after(recipe));
    expect(plan.problems).toEqual([]);
    expect(plan.jobs[0]?.reason).toBe("new");
  });

  test("a local preview in the place of what the service made is told, and no other", async () => {
    const local = { backend: "local" };
    const paid = await planFor(recipe, await after(recipe), local);
    expect(paid.problems).toMatchObject([{ code: "output-paid", severity: "warning" }]);
    expect(paid.problems[0]?.message).toContain("out/promo.mp4 was made by the service");
    expect((await planFor(recipe, await after(recipe), { ...local, overwrite: true })).problems).toEqual([]);
    const previewed = await after(recipe, {}, local);
    for (const next of [local, {}]) {
      const changed = await planFor("inputs: photo.jpg\nprompts: fly\n", previewed, next);
      expect([changed.problems, changed.jobs[0]?.reason]).toEqual([[], "new"]);
    }
  });
});

describe("since", () => {
  const recap = "inputs: { path: '*.jpg', since: last-run }\nprompts: recap\n";

  test("last-run leaves out what a delivered job of the recipe used", async () => {
    const world = await after(recap);
    world.files.put("/work/new.jpg", new Uint8Array([0xff, 0xd8, 0xff, 1]));
    const plan = await planFor(recap, world);
    expect(plan.jobs.map(({ inputs }) => inputs.count)).toEqual([1]);
    const other = await planFor({ "other.yaml": recap }, world);
    expect(other.jobs.map(({ inputs }) => inputs.count)).toEqual([2]);
  });

  test("last-run leaves in what only a local preview used", async () => {
    const previewed = await after(recap, {}, { backend: "local" });
    expect((await planFor(recap, previewed)).jobs.map(({ inputs }) => inputs.count)).toEqual([1]);
    expect((await planFor(recap, previewed, { backend: "local" })).jobs).toEqual([]);
  });

  test("nothing new is no job, and no error", async () => {
    const plan = await planFor(recap, await after(recap));
    expect(plan.jobs).toEqual([]);
    expect(plan.problems).toMatchObject([{ code: "nothing-new", severity: "warning" }]);
  });

  test("a failed job's files are still new", async () => {
    const plan = await planFor(recap, await after(recap, { steps: 1, end: "failed" }));
    expect(plan.jobs).toMatchObject([{ reason: "go-on" }]);
  });

  test("a duration counts back from the start of the run", async () => {
    const world = planWorld(contents);
    const at = (days: number): PlanWishes => ({
      run: { id: "run_1", startedAtMs: Date.UTC(2026, 10, 20 + days), timezone: "UTC" },
    });
    const text = "inputs: { path: '*.jpg', since: 7d }\nprompts: recap\n";
    expect((await planFor(text, world, at(6))).jobs).toHaveLength(1);
    expect((await planFor(text, world, at(8))).jobs).toHaveLength(0);
  });
});

describe("balance", () => {
  test("is told with the plan", async () => {
    expect(await planFor(recipe, planWorld(contents))).toMatchObject({
      balance: { available: 500, frozen: 10, total: 510 },
      notes: [],
      totals: {
        jobs: 1,
        paying: 1,
        turns: 2,
        uploadBytes: 1000,
        credits: { low: 60, likely: 125, high: 200 },
      },
    });
  });

  test("a service that does not answer leaves a note, and the plan", async () => {
    const plan = await planFor(recipe, planWorld(contents), { credits: "unreachable" });
    expect(plan.balance).toBeUndefined();
    expect(plan.notes).toEqual(["the balance is not known: the service did not answer"]);
    expect(plan.jobs).toHaveLength(1);
  });

  test.each([
    ["where nothing is to be paid", {}],
    ["on the local backend", { backend: "local", balance: "always" }],
  ] as const)("is not asked for %s", async (_, wishes) => {
    const world = await after(recipe);
    const plan = await planFor(recipe, world, { balance: "when-paying", credits: "unreachable", ...wishes });
    expect(plan.notes).toEqual([]);
  });
});
