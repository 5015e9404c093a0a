import { describe, expect, test } from "vitest";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { describeJob } from "../../src/plan/describe-job.ts";
import { publishedCosts } from "../../src/plan/turn-costs.ts";
import { chooseReuse } from "../../src/plan/reuse.ts";
import { deliveredHash, formerJob, type Past } from "../support/former-job.ts";
import { plannedJob } from "../support/planned-job.ts";

const turns = (...prompts: string[]): PlannedJob =>
  plannedJob({ turns: prompts.map((prompt) => ({ prompt })) });
const asked = turns("make a video", "warmer");

/** Every output of the job stands where it was put. */
const standing = (job: PlannedJob): ReadonlyMap<string, string> =>
  new Map(
    job.steps.flatMap((step) => (step.kind === "export" ? [[step.path, deliveredHash(step.path)]] : [])),
  );

const nothingStands: ReadonlyMap<string, string> = new Map();
const free: ReadonlySet<string> = new Set();

interface Case {
  readonly what: string;
  readonly former: PlannedJob;
  readonly past?: Past;
  readonly outputs?: ReadonlyMap<string, string>;
  readonly locked?: boolean;
  readonly reason: string;
  readonly missingTurns: number;
}

const here = standing(asked);

const cases: readonly Case[] = [
  { what: "all is there", former: asked, outputs: here, reason: "up-to-date", missingTurns: 0 },
  {
    what: "all is there, and another process drives it",
    former: asked,
    outputs: here,
    locked: true,
    reason: "up-to-date",
    missingTurns: 0,
  },
  { what: "the output is gone", former: asked, reason: "export-again", missingTurns: 0 },
  {
    what: "the output was changed",
    former: asked,
    outputs: new Map([["/out/promo.mp4", "other"]]),
    reason: "export-again",
    missingTurns: 0,
  },
  {
    what: "the output is gone, and another process drives it",
    former: asked,
    locked: true,
    reason: "busy",
    missingTurns: 0,
  },
  {
    what: "a turn was added",
    former: turns("make a video"),
    outputs: here,
    reason: "continue",
    missingTurns: 1,
  },
  {
    what: "a turn was taken away at the end",
    former: turns("make a video", "warmer", "faster"),
    reason: "export-again",
    missingTurns: 0,
  },
  {
    what: "the last turn is another one",
    former: turns("make a video", "colder"),
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "the last turn is another one, and the one in its place changed nothing and cost nothing",
    former: turns("make a video", "colder"),
    past: { lastTurn: { changed: false, cost: 0 } },
    reason: "continue",
    missingTurns: 1,
  },
  {
    what: "the last turn is another one, and a person went on from the one in its place",
    former: turns("make a video", "colder"),
    past: { lastTurn: { changed: false, openUntilMs: 9 } },
    reason: "continue",
    missingTurns: 1,
  },
  {
    what: "the last turn is another one, and the one in its place changed nothing, and was charged",
    former: turns("make a video", "colder"),
    past: { lastTurn: { changed: false, cost: 1 } },
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "the last turn is another one, and what the one in its place cost is not known",
    former: turns("make a video", "colder"),
    past: { lastTurn: { changed: false } },
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "the first turn is another one",
    former: turns("make a clip", "warmer"),
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "it failed before its first turn",
    former: asked,
    past: { steps: 1, end: "failed" },
    reason: "go-on",
    missingTurns: 2,
  },
  {
    what: "it failed before anything",
    former: asked,
    past: { steps: 0, end: "failed" },
    reason: "go-on",
    missingTurns: 2,
  },
  {
    what: "it failed after its first turn",
    former: asked,
    past: { steps: 2, end: "failed" },
    reason: "go-on",
    missingTurns: 1,
  },
  {
    what: "it was cut off after its first turn",
    former: asked,
    past: { steps: 2, end: "cut-off" },
    reason: "go-on",
    missingTurns: 1,
  },
  {
    what: "its export failed",
    former: asked,
    past: { exports: 0, end: "failed" },
    reason: "go-on",
    missingTurns: 0,
  },
  {
    what: "it failed after its first turn, and the second is another one now",
    former: turns("make a video", "colder"),
    past: { steps: 2, end: "failed" },
    reason: "go-on",
    missingTurns: 1,
  },
  {
    what: "it runs elsewhere",
    former: asked,
    past: { steps: 2, end: "cut-off" },
    locked: true,
    reason: "busy",
    missingTurns: 1,
  },
  {
    what: "it was cut off while a turn was sent",
    former: asked,
    past: { steps: 2, next: "sending", end: "cut-off" },
    reason: "go-on",
    missingTurns: 0,
  },
  {
    what: "it was cut off while a turn settled",
    former: asked,
    past: { steps: 1, next: "closed", end: "cut-off" },
    reason: "go-on",
    missingTurns: 1,
  },
  {
    what: "a turn that is not asked for any more may have run",
    former: turns("make a video", "colder"),
    past: { steps: 2, next: "sending", end: "cut-off" },
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "a turn that is not asked for any more was refused",
    former: turns("make a video", "colder"),
    past: { steps: 2, next: "not-sent", end: "failed" },
    reason: "go-on",
    missingTurns: 1,
  },
  {
    what: "it is parked",
    former: asked,
    past: { steps: 2, next: "unknown", end: "cut-off" },
    reason: "parked",
    missingTurns: 0,
  },
  {
    what: "it is parked with another turn",
    former: turns("make a video", "colder"),
    past: { steps: 2, next: "unknown", end: "cut-off" },
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "a person gave it up",
    former: asked,
    past: { steps: 2, next: "dropped", end: "cut-off" },
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "the service has forgotten its session",
    former: asked,
    past: { steps: 2, end: "session-lost" },
    reason: "new",
    missingTurns: 2,
  },
  {
    what: "the service has forgotten its session before anything was paid",
    former: asked,
    past: { steps: 1, end: "session-lost" },
    reason: "go-on",
    missingTurns: 2,
  },
  {
    what: "its video is not what was expected",
    former: asked,
    past: { unmet: ["too short"], end: "failed" },
    outputs: here,
    reason: "go-on",
    missingTurns: 0,
  },
  {
    what: "there was no video at the end",
    former: asked,
    past: { empty: true, exports: 0, end: "failed" },
    reason: "go-on",
    missingTurns: 0,
  },
];

describe("chooseReuse", () => {
  test.each(cases)(
    "$what: $reason",
    ({ former, past, outputs = nothingStands, locked, reason, missingTurns }) => {
      const reuse = chooseReuse(asked, [formerJob(former, past)], {
        outputs,
        locked: locked === true ? new Set(["job_1"]) : free,
      });
      expect({ reason: reuse.reason, missingTurns: reuse.missingTurns }).toEqual({ reason, missingTurns });
      expect(reuse.jobId).toBe(reason === "new" ? undefined : "job_1");
      expect(reuse.why).not.toBe("");
      const isOpen = reason !== "new" && ["sending", "closed", "unknown"].includes(past?.next ?? "");
      const notesOn = (backend: string): readonly string[] =>
        describeJob({ ...asked, backend }, reuse, { notes: [], costs: publishedCosts }).notes;
      expect(notesOn("local")).toEqual([]);
      expect(notesOn("https://api.test")).toEqual(
        isOpen ? [expect.stringContaining("up to 100 credits")] : [],
      );
    },
  );

  test("without a past it is new, and all is missing", () => {
    const reuse = chooseReuse(asked, [], { outputs: nothingStands, locked: free });
    expect(reuse).toMatchObject({ reason: "new", missingTurns: 2, why: "nothing like it was made before" });
    expect(reuse.missing).toHaveLength(3);
  });

  test.each([
    ["promo", "its turns differ from what was made before, so all of them are sent"],
    ["other", "nothing like it was made before"],
  ])("what `%s` made of a like beginning: %s", (recipe, why) => {
    const former = formerJob({ ...turns("make a video", "colder"), recipe });
    expect(chooseReuse(asked, [former], { outputs: nothingStands, locked: free }).why).toBe(why);
  });

  test("a new export of the same turns is made from the draft that was kept", () => {
    const more = plannedJob({ turns: [{ prompt: "make a video" }], exports: 2 });
    const reuse = chooseReuse(more, [formerJob(turns("make a video"))], {
      outputs: standing(turns("make a video")),
      locked: free,
    });
    expect(reuse).toMatchObject({
      reason: "export-again",
      why: "the export settings are new",
      missingTurns: 0,
    });
  });

  test("what was given up may be paid once more, and that is said", () => {
    const former = formerJob(asked, { steps: 2, next: "dropped", end: "cut-off" });
    const { why } = chooseReuse(asked, [former], { outputs: nothingStands, locked: free });
    expect(why).toBe("job_1 was given up; if its turn ran, this pays once more");
  });

  test("paid work that the service has lost says what it cost", () => {
    const reuse = chooseReuse(asked, [formerJob(asked, { steps: 3, exports: 0, end: "session-lost" })], {
      outputs: nothingStands,
      locked: free,
    });
    expect(reuse).toMatchObject({ reason: "new", lostCredits: 200 });
  });

  test("the newest take wins, even where an older one is whole", () => {
    const older = formerJob(asked, { jobId: "job_1" });
    const newer = formerJob({ ...asked, take: 2 }, { jobId: "job_2", steps: 2, end: "failed" });
    const reuse = chooseReuse(asked, [older, newer], { outputs: here, locked: free });
    expect(reuse).toMatchObject({ reason: "go-on", jobId: "job_2" });
  });

  test("of jobs that serve, the one with the least to pay is taken; the newest of equals", () => {
    const long = turns("make a video", "warmer", "faster");
    const short = formerJob(turns("make a video"), { jobId: "job_short" });
    const [newer, older] = ["job_newer", "job_older"].map((jobId) => formerJob(asked, { jobId }));
    const candidates = [short, newer!, older!];
    const reuse = chooseReuse(long, candidates, { outputs: nothingStands, locked: free });
    expect(reuse).toMatchObject({ reason: "continue", jobId: "job_newer", missingTurns: 1 });
  });
});
