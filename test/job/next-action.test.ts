import { describe, expect, it } from "vitest";
import { stateOf } from "../../src/job/fold.ts";
import type { JobEvent } from "../../src/job/event.ts";
import type { Draft } from "../../src/job/media.ts";
import { nextAction } from "../../src/job/next-action.ts";
import type { JobState } from "../../src/job/state.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { plannedJob } from "../support/planned-job.ts";

const credits = { available: 100, frozen: 0, total: 100 };
const failure = { code: "service-error", message: "it broke" } as const;

function draft(durationMs = 15_000): Draft {
  const track = { kind: "video", segments: [{ startMs: 0, durationMs }] } as const;
  return {
    opaque: "{}",
    fingerprint: `draft-${durationMs}`,
    ready: true,
    timeline: { durationMs, tracks: [track] },
  };
}

function after(plan: PlannedJob, ...events: JobEvent[]): JobState {
  const all: JobEvent[] = [{ type: "job-planned", runId: "run", plan }, ...events];
  const state = stateOf(all.map((event, index) => ({ jobId: "job", seq: index + 1, atMs: 0, event })));
  if (state === undefined) throw new Error("a job that was planned has a state");
  return state;
}

const plan = plannedJob();
const [uploadStep, turnStep, exportStep] = plan.steps;
if (uploadStep?.kind !== "upload" || turnStep?.kind !== "turn" || exportStep?.kind !== "export")
  throw new Error("steps");

const opened: JobEvent = { type: "session-opened", sessionId: "1", taskId: "t" };
const uploaded: JobEvent = { type: "file-uploaded", key: uploadStep.key, name: "a.jpg" };
const putting: JobEvent = { type: "upload-sending", key: uploadStep.key, filesBefore: 0 };
const sending: JobEvent = {
  type: "turn-sending",
  key: turnStep.key,
  attempt: 1,
  promptHash: "hash",
  draftBefore: "none",
  creditsBefore: credits,
  atMs: 0,
  overlapped: false,
};
const closed: JobEvent = { type: "turn-closed", key: turnStep.key, end: "closed", texts: [] };
const settled: JobEvent = {
  type: "turn-settled",
  key: turnStep.key,
  changed: true,
  draft: draft(),
  cost: 50,
};
const notSent: JobEvent = { type: "turn-not-sent", key: turnStep.key, failure };
const starting: JobEvent = { type: "export-starting", key: exportStep.key, renderId: "r1", attempt: 1 };
const ready: JobEvent = { type: "export-ready", key: exportStep.key, renderId: "r1" };
const failed: JobEvent = { type: "export-failed", key: exportStep.key, renderId: "r1", failure };
const facts = { sizeBytes: 1, sha256: "h", format: "mp4" };
const delivered: JobEvent = {
  type: "file-delivered",
  key: exportStep.key,
  path: "/out/a.mp4",
  facts,
  unmet: [],
};
const toTurn = [opened, uploaded];
const toExport = [...toTurn, sending, closed, settled];

describe("the money rule: what comes next, and what may be repeated", () => {
  const cases: [string, JobEvent[], string | undefined, string | undefined][] = [
    ["a new job", [], "open-session", "safe"],
    ["inputs left", [opened], "upload", "safe"],
    ["an upload in the middle of which the process ended", [opened, putting], "reconcile-upload", "safe"],
    [
      "an upload that certainly did not arrive",
      [opened, putting, { type: "upload-not-sent", key: uploadStep.key, failure }],
      "upload",
      "safe",
    ],
    [
      "a session left because of an upload",
      [opened, putting, { type: "session-forgotten", reason: "upload-cut-off" }],
      "open-session",
      "safe",
    ],
    ["an upload that was found", [opened, putting, uploaded], "send-turn", "never"],
    ["turns left, none in flight", toTurn, "send-turn", "never"],
    ["a turn in flight after a crash", [...toTurn, sending], "reconcile-turn", "safe"],
    ["a turn whose stream has ended", [...toTurn, sending, closed], "reconcile-turn", "safe"],
    ["a turn that was certainly not sent", [...toTurn, sending, notSent], "send-turn", "never"],
    [
      "refused three times",
      [...toTurn, sending, notSent, sending, notSent, sending, notSent],
      "fail",
      "safe",
    ],
    ["turns done", toExport, "start-export", "once"],
    ["export running", [...toExport, starting], "poll-export", "safe"],
    ["export failed once", [...toExport, starting, failed], "start-export", "once"],
    [
      "export failed twice",
      [...toExport, starting, failed, { ...starting, attempt: 2 }, failed],
      "fail",
      "safe",
    ],
    ["export ready", [...toExport, starting, ready], "deliver", "safe"],
    ["delivered", [...toExport, starting, ready, delivered], "finish", "safe"],
    ["finished", [...toExport, starting, ready, delivered, { type: "job-finished" }], undefined, undefined],
    [
      "unknown",
      [...toTurn, sending, { type: "turn-unknown", key: turnStep.key, failure }],
      undefined,
      undefined,
    ],
    [
      "a session forgotten before anything was paid",
      [...toTurn, { type: "session-forgotten" }],
      "open-session",
      "safe",
    ],
    ["failed", [...toTurn, { type: "job-failed", ...failure }], undefined, undefined],
    [
      "failed and taken up again",
      [...toTurn, { type: "job-failed", ...failure }, { type: "job-resumed", runId: "2" }],
      "send-turn",
      "never",
    ],
  ];
  it.each(cases)("%s", (_name, events, type, replay) => {
    const action = nextAction(after(plan, ...events));
    expect(action?.type).toBe(type);
    expect(action?.replay).toBe(replay);
  });

  it("parks an unknown turn until a person decides, also when it is taken up again", () => {
    const parked = [...toTurn, sending, { type: "turn-unknown", key: turnStep.key, failure } as const];
    const resumed = after(plan, ...parked, { type: "job-resumed", runId: "2" });
    expect(resumed.status).toBe("needs-you");
    expect(nextAction(resumed)).toBeUndefined();
    const decide = (decision: "adopt" | "resend" | "drop"): string | undefined =>
      nextAction(after(plan, ...parked, { type: "turn-resolved", key: turnStep.key, decision }))?.type;
    expect([decide("adopt"), decide("resend"), decide("drop")]).toEqual([
      "reconcile-turn",
      "send-turn",
      undefined,
    ]);
  });

  it.each<[string, readonly JobEvent[], string]>([
    ["is running", [starting], "poll-export"],
    ["is made", [starting, ready], "deliver"],
    ["has failed", [starting, failed], "start-export"],
  ])("asks for a review that the recipe got since its render %s", (_, events, then) => {
    const reviewed: PlannedJob = { ...plan, review: { atDeadline: "stop" } };
    const asked: JobEvent[] = [...toExport, ...events, { type: "job-planned", runId: "2", plan: reviewed }];
    expect(nextAction(after(plan, ...asked))?.type).toBe("ask-review");
    const key = exportStep.draftKey;
    const approved: JobEvent = { type: "review-decided", key, decision: "approve", by: "person" };
    expect(nextAction(after(plan, ...asked, approved))?.type).toBe(then);
  });

  it("fails as no-video, quoting the service, where no draft is ready after all turns", () => {
    const question: JobEvent = {
      type: "turn-closed",
      key: turnStep.key,
      end: "closed",
      texts: ["Which style?"],
    };
    const unchanged: JobEvent = { type: "turn-settled", key: turnStep.key, changed: false, cost: 0 };
    const action = nextAction(after(plan, ...toTurn, sending, question, unchanged));
    expect(action).toMatchObject({ type: "fail", failure: { code: "no-video" } });
    expect(JSON.stringify(action)).toContain("Which style?");
    expect(JSON.stringify(action)).toMatch(/`nemo-recipe run` then makes it anew"/);
    const paid = nextAction(after(plan, ...toTurn, sending, question, { ...unchanged, cost: 100 }));
    expect(JSON.stringify(paid)).toContain("makes it anew, which is paid anew");
  });

  it("fails a job whose delivered file is not what was expected, after all its exports", () => {
    const unmet = {
      ...delivered,
      path: "/out/a.unmet.mp4",
      unmet: ["the duration is 9s, expected 15s"],
    } as JobEvent;
    const action = nextAction(after(plan, ...toExport, starting, ready, unmet));
    const hint = expect.stringMatching(/^what was made is kept as out\/a\.unmet\.mp4; .*`nemo-recipe run`/);
    expect(action).toMatchObject({ type: "fail", failure: { code: "expectation-unmet", hint } });
  });
});

describe("a refinement with `unless`", () => {
  const unless = { duration: { min: 10_000, max: 10_000 } };
  const refining = plannedJob({
    turns: [{ prompt: "make it" }, { prompt: "trim it", turn: "refinement", unless, atMost: 2 }],
  });
  const [, first, second] = refining.steps;
  const turnEvents = (key: string, durationMs: number): JobEvent[] => [
    { ...sending, key } as JobEvent,
    { ...closed, key } as JobEvent,
    { type: "turn-settled", key, changed: true, draft: draft(durationMs), cost: 5 },
  ];
  const begun = [opened, { ...uploaded, key: refining.steps[0]!.key } as JobEvent];

  const cases: [string, number[], string][] = [
    ["is skipped where the draft meets it", [10_100], "skip-turn"],
    ["is sent where it does not", [15_000], "send-turn"],
    ["is sent again while it does not", [15_000, 12_000], "send-turn"],
    ["stops where it does", [15_000, 10_000], "start-export"],
    ["stops after the last allowed time", [15_000, 12_000, 11_000], "start-export"],
  ];
  it.each(cases)("%s", (_name, [made = 0, ...trims], type) => {
    const events = [...turnEvents(first!.key, made), ...trims.flatMap((ms) => turnEvents(second!.key, ms))];
    expect(nextAction(after(refining, ...begun, ...events))?.type).toBe(type);
  });

  it("is not sent again when a later turn breaks what it had met", () => {
    const longer = plannedJob({
      turns: [
        { prompt: "make it" },
        { prompt: "trim it", turn: "refinement", unless, atMost: 2 },
        { prompt: "add an outro" },
      ],
    });
    const [first, second, third] = longer.steps.slice(1).map(({ key }) => key);
    const events = [
      ...turnEvents(first!, 15_000),
      ...turnEvents(second!, 10_000),
      ...turnEvents(third!, 14_000),
    ];
    expect(nextAction(after(longer, ...begun, ...events))?.type).toBe("start-export");
  });
});

describe("a plan that changed finds what is done by its keys", () => {
  it("goes on with a turn that was added at the end", () => {
    const longer = plannedJob({ turns: [{ prompt: "promo: make a video" }, { prompt: "add a title" }] });
    const state = after(plan, ...toExport, starting, ready, delivered, { type: "job-finished" });
    const planned = {
      jobId: "job",
      seq: state.seq + 1,
      atMs: 0,
      event: { type: "job-planned", runId: "2", plan: longer } as const,
    };
    const history: JobEvent[] = [
      ...toExport,
      starting,
      ready,
      delivered,
      { type: "job-finished" },
      planned.event,
    ];
    expect(nextAction(after(plan, ...history))).toMatchObject({
      type: "send-turn",
      step: { prompt: "add a title" },
    });
  });

  it("exports again what is gone, without a turn", () => {
    const again: JobEvent = { type: "job-planned", runId: "2", plan, exportAgain: [exportStep.key] };
    const state = after(plan, ...toExport, starting, ready, delivered, { type: "job-finished" }, again);
    expect(nextAction(state)?.type).toBe("start-export");
  });
});
