import { describe, expect, it } from "vitest";
import { stateOf } from "../../src/job/fold.ts";
import { reviewedDraft, type JobState } from "../../src/job/state.ts";
import { dueReviews } from "../../src/executor/due-reviews.ts";
import { nextAction } from "../../src/job/next-action.ts";
import type { ReviewRule } from "../../src/recipe/recipe.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { withRefinement } from "../../src/plan/with-refinement.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { world, type World } from "../support/small-world.ts";

const gated = (review: ReviewRule, name = "promo"): PlannedJob => ({
  ...plannedJob({ name, turns: [{ prompt: `make ${name}` }] }),
  review,
});

const begin = (here: World, ...jobs: readonly PlannedJob[]): ReturnType<World["run"]> =>
  here.run(jobs.map((job) => ({ kind: "planned", job, reason: "new" })));

async function stateIn({ ports }: World, name = "promo"): Promise<JobState> {
  const [row] = await ports.journal.findJobs(name);
  const state = row === undefined ? undefined : stateOf(await ports.journal.read(row.jobId));
  if (state === undefined) throw new Error(`no job ${name}`);
  return state;
}

const resume = async (here: World): ReturnType<World["run"]> => {
  const { jobId, plan } = await stateIn(here);
  return here.run([{ kind: "resumed", jobId, name: plan.name, recipe: plan.recipe }]);
};

async function approve(here: World): Promise<void> {
  const { jobId, seq, ...state } = await stateIn(here);
  const key = reviewedDraft({ jobId, seq, ...state }) ?? "";
  await here.ports.journal.append(
    jobId,
    { type: "review-decided", key, decision: "approve", by: "person" },
    seq,
  );
}

describe("review", () => {
  it("stops before the export, exit 1, and is asked again until somebody decides", async () => {
    const here = world();
    const first = await begin(here, gated({ atDeadline: "stop" }));
    expect(first).toMatchObject({ exitCode: 1, files: [], counts: { needsYou: 1 } });
    expect((await stateIn(here)).failure).toMatchObject({
      code: "review-wanted",
      message: expect.stringMatching(/waits for your review: Timeline \(\d track/),
      hint: expect.stringMatching(
        /nemo-recipe approve job_\d+.*nemo-recipe refine job_\d+ "…".*for up to \d+ credits/,
      ),
    });
    expect(await resume(here)).toMatchObject({ exitCode: 1, files: [] });
    await approve(here);
    expect(await resume(here)).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"], credits: 0 });
    expect(here.backend.accepted).toHaveLength(1);
    const asked = (await here.ports.journal.read((await stateIn(here)).jobId)).filter(
      ({ event }) => event.type === "review-asked",
    );
    expect(asked).toHaveLength(1);
  });

  it("other jobs go on, and three that wait are no reason to hold the rest back", async () => {
    const here = world();
    const waiting = ["a", "b", "c", "d"].map((name) => gated({ atDeadline: "stop" }, name));
    const outcome = await begin(here, ...waiting, plannedJob({ name: "free" }));
    expect(outcome).toMatchObject({ exitCode: 1, counts: { needsYou: 4, succeeded: 1 } });
    expect(outcome.counts.notStarted).toBeUndefined();
  });

  it("a refinement is one more paid turn in the same session, and is reviewed in its turn", async () => {
    const here = world();
    await begin(here, gated({ atDeadline: "stop" }));
    const { plan, jobId, session, ...state } = await stateIn(here);
    const after = reviewedDraft({ plan, jobId, ...state }) ?? "";
    const job = withRefinement(plan, { after, prompt: "make the title larger" }, sha256);
    const refined = await here.run([{ kind: "planned", job, reason: "go-on", jobId }]);
    expect(refined).toMatchObject({ exitCode: 1, files: [] });
    expect(here.backend.accepted.map(({ prompt }) => prompt)).toEqual([
      "make promo",
      "make the title larger",
    ]);
    expect((await stateIn(here)).session).toEqual(session);
    expect(reviewedDraft(await stateIn(here))).not.toBe(after);
    await approve(here);
    expect(await resume(here)).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"] });
    expect(here.backend.accepted).toHaveLength(2);
  });

  it.each([
    { rule: "approve", exitCode: 0, files: ["/out/promo.mp4"], status: "finished" },
    { rule: "stop", exitCode: 1, files: [], status: "failed" },
  ] as const)("at its deadline the rule decides: $rule", async ({ rule, exitCode, files, status }) => {
    const here = world();
    await begin(here, gated({ deadlineMs: 7_200_000, atDeadline: rule }));
    await here.clock.run(here.clock.sleep(3_600_000));
    expect(await resume(here)).toMatchObject({ exitCode: 1, files: [] });
    expect((await stateIn(here)).failure?.hint).toMatch(
      /; after \d{4}-\d\d-\d\dT\d\d:\d\dZ it (?:counts as approved|is given up)/,
    );
    const look = dueReviews(here.ports.journal);
    const { plan, jobId } = await stateIn(here);
    const ours = { backend: plan.backend, recipes: new Set([plan.recipe]) };
    const due = async (of = ours): Promise<string[]> =>
      (await look(of, here.clock.now())).map((state) => state.jobId);
    expect(await due()).toEqual([]);
    await here.clock.run(here.clock.sleep(3_600_000));
    expect(await due({ ...ours, recipes: new Set(["another"]) })).toEqual([]);
    expect(await due({ ...ours, backend: "elsewhere" })).toEqual([]);
    const lock = await here.ports.journal.lock(jobId);
    expect(await due()).toEqual([]);
    await lock?.release();
    expect(await due()).toEqual([jobId]);
    expect(await resume(here)).toMatchObject({ exitCode, files: [...files] });
    expect(await due()).toEqual([]);
    const state = await stateIn(here);
    expect(state.status).toBe(status);
    if (rule === "approve") return;
    expect(state.failure).toMatchObject({ code: "not-approved", hint: expect.stringContaining("approve") });
    expect(nextAction(state)).toBeUndefined();
    await approve(here);
    expect(await resume(here)).toMatchObject({ exitCode: 0, files: ["/out/promo.mp4"], credits: 0 });
  });

  it("nobody is asked for a video that is not there", async () => {
    const here = world();
    const job = gated({ atDeadline: "approve", deadlineMs: 1 });
    const noVideo = { ...job, steps: job.steps.filter(({ kind }) => kind !== "turn") };
    await begin(here, noVideo);
    expect((await stateIn(here)).failure?.code).toBe("no-video");
  });
});
