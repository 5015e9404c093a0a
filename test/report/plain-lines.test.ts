import { describe, expect, it } from "vitest";
import { failureCodes, type FailureCode } from "../../src/base/failure-codes.ts";
import type { Report, RunCounts } from "../../src/executor/ports.ts";
import type { JobEvent, Signal } from "../../src/job/event.ts";
import { plainLines, plainStart } from "../../src/report/plain-lines.ts";
import type { View } from "../../src/report/view.ts";
import { plannedJob } from "../support/planned-job.ts";
import { facts, noPaint, reportedJob, startMs } from "./reports.ts";

const view: View = { paint: noPaint, pageLink: ({ taskId }) => `https://site.test/workspace/task/${taskId}` };
const job = reportedJob();
const plan = plannedJob({
  uploads: 2,
  turns: [{ prompt: "make a video" }, { prompt: "show the title" }],
  exports: 1,
});
const [first, second, turn, refinement, made] = plan.steps.map(({ key }) => key) as [
  string,
  string,
  string,
  string,
  string,
];
const noCounts: RunCounts = { succeeded: 0, upToDate: 0, failed: 0, needsYou: 0, interrupted: 0 };
const planned: JobEvent = { type: "job-planned", runId: "run_1", plan };
const opened: JobEvent = { type: "session-opened", sessionId: "123", taskId: "task_1" };
const sending = (key: string): JobEvent => ({
  type: "turn-sending",
  key,
  attempt: 1,
  promptHash: "",
  draftBefore: "none",
  creditsBefore: { available: 1, frozen: 0, total: 1 },
  atMs: startMs,
  overlapped: false,
});

/** Each step happens a second after the one before, unless it says when. */
type Step = JobEvent | Signal | { readonly afterMs: number };
const signalTypes = new Set([
  "upload-progress",
  "agent-said",
  "still-working",
  "turn-waiting",
  "turn-unchanged",
  "render-progress",
  "download-progress",
  "retrying",
  "warning",
]);

function tell(reports: readonly Report[]): string[] {
  let state = plainStart;
  return reports.flatMap((report) => {
    const next = plainLines(state, report, view);
    state = next.state;
    return [...next.lines];
  });
}

function story(...steps: readonly Step[]): Report[] {
  let atMs = startMs;
  const reports = steps.flatMap((step): Report[] => {
    if ("afterMs" in step) {
      atMs += step.afterMs;
      return [];
    }
    atMs += 1000;
    return signalTypes.has(step.type)
      ? [{ type: "job-signal", atMs, job, signal: step as Signal }]
      : [{ type: "job-event", atMs, job, event: step as JobEvent }];
  });
  const started = { atMs: startMs, job };
  return [
    { type: "run-started", runId: "run_1", atMs: startMs, jobs: 1 },
    { type: "job-started", ...started, plan: plannedJob() },
    ...reports,
  ];
}

const finished = (exitCode: number, counts: Partial<RunCounts>): Report => ({
  type: "run-finished",
  runId: "run_1",
  atMs: startMs,
  elapsedMs: 61_000,
  exitCode,
  counts: { ...noCounts, ...counts },
  credits: 100,
  costUnknown: false,
  files: [],
});

describe("plainLines", () => {
  it("tells a job from its first upload to its file", () => {
    const upload = (name: string, sentBytes: number): Signal => ({
      type: "upload-progress",
      name,
      sentBytes,
      sizeBytes: 100,
    });
    const lines = tell([
      ...story(
        planned,
        opened,
        upload("beach.jpg", 0),
        upload("beach.jpg", 60),
        upload("beach.jpg", 100),
        { type: "file-uploaded", key: first, name: "beach.jpg" },
        { type: "file-uploaded", key: second, name: "intro.mp4" },
        sending(turn),
        { type: "agent-said", text: "I am" },
        { type: "still-working", elapsedMs: 120_000 },
        { type: "turn-closed", key: turn, end: "closed", texts: ["I made\na video"] },
        { type: "turn-waiting", prompt: "make a video" },
        { type: "turn-settled", key: turn, changed: true, cost: 100 },
        { type: "turn-skipped", key: refinement },
        { type: "export-starting", key: made, renderId: "r", attempt: 1 },
        { type: "export-progress", key: made, share: 0.1 },
        { type: "export-ready", key: made, renderId: "r" },
        { type: "file-placing", key: made, path: "/out/promo.mp4", sha256: "x", sizeBytes: 1 },
        { type: "file-delivered", key: made, path: "/out/promo.mp4", facts, unmet: [] },
        { type: "job-finished" },
      ),
      finished(0, { succeeded: 1 }),
    ]);
    expect(lines).toEqual([
      "promo: started",
      "promo: session opened",
      "promo: uploading beach.jpg (1 of 2)",
      "promo: uploaded intro.mp4 (2 of 2)",
      'promo: turn 1 of 2: "make a video"',
      "promo: still working, 2m00s",
      "promo: | I made",
      "promo: | a video",
      "promo: waiting for the service",
      "promo: the video changed (100 credits)",
      'promo: skipped "show the title", the video is so already',
      "promo: rendering mp4",
      "promo: fetching mp4",
      "promo: delivered out/promo.mp4 (3.2 MB, 15.0 s, 1920×1080)",
      "promo: done in 20s · 100 credits",
      "session: https://site.test/workspace/task/task_1",
    ]);
  });

  it("tells slow progress by quarters, and at most every ten seconds", () => {
    const shares = [0, 0.2, 0.26, 0.3, 0.55, 0.8, 1];
    const lines = tell(
      story(
        planned,
        { type: "export-starting", key: made, renderId: "r", attempt: 1 },
        ...shares.flatMap((share): Step[] => [
          { afterMs: 9000 },
          { type: "export-progress", key: made, share },
        ]),
      ),
    );
    expect(lines.slice(1)).toEqual([
      "promo: rendering mp4",
      "promo: rendering mp4: 25%",
      "promo: rendering mp4: 50%",
      "promo: rendering mp4: 75%",
    ]);
  });

  it("names the turn that it waits for where this run did not send it", () => {
    const resumed: JobEvent = { type: "job-resumed", runId: "run_2" };
    expect(tell(story(resumed, { type: "turn-waiting", prompt: "make a video" })).slice(1)).toEqual([
      "promo: going on where it stopped",
      'promo: waiting for the service: "make a video"',
    ]);
  });

  it("says of a failure what, its code, and the next step", () => {
    const failed = { type: "job-failed", code: "no-video", message: "no video", hint: "say more" } as const;
    expect(tell(story(planned, failed)).slice(1)).toEqual([
      "promo: failed: no video (no-video) · 2s",
      "promo: next: say more",
    ]);
  });

  it("says of a turn that nobody can know of how a person decides", () => {
    const failure = { code: "turn-unknown", message: "the stream broke" } as const;
    const lines = tell([
      ...story(planned, sending(turn), { type: "turn-unknown", key: turn, failure }),
      finished(75, { needsYou: 1 }),
    ]);
    expect(lines.slice(2)).toEqual([
      "promo: needs you: the stream broke (turn-unknown) · 3s",
      expect.stringContaining("nemo-recipe resolve job_promo --adopt|--resend|--drop"),
      "paid work may be live: do not run it a second time; `nemo-recipe resume` (or `resolve`) goes on",
    ]);
  });

  it.each(Object.keys(failureCodes) as FailureCode[])(
    "never invites to pay twice after paid work: %s",
    (code) => {
      const note = { code, message: "the connection broke" };
      const lines = tell([
        ...story(
          planned,
          sending(turn),
          { type: "turn-closed", key: turn, end: "lost", texts: [], failure: note },
          { type: "retrying", attempt: 1, delayMs: 2000, failure: note },
          { type: "job-needs-you", ...note },
        ),
        finished(75, { needsYou: 1 }),
      ]);
      expect(lines.join("\n")).not.toMatch(/try again|run (it )?again|retry/i);
      expect(lines.join("\n")).toContain("nemo-recipe resume");
    },
  );

  it("says after Ctrl-C where the paid work is, and what may still run", () => {
    const lines = tell([...story(planned, sending(turn)), finished(130, { interrupted: 1 })]);
    expect(lines.slice(-3)).toEqual([
      "1 interrupted · 1m01s · 100 credits, 1 turn not settled: up to 100 credits reserved",
      "a turn may still be running at the service: promo",
      "interrupted: what is paid is in the journal; `nemo-recipe resume` goes on",
    ]);
  });

  it("says of a watch that was stopped before a file came no more than that", () => {
    expect(tell([finished(130, {})])).toEqual(["stopped: no job was at work"]);
    expect(tell([finished(0, {})])).toEqual(["nothing to do · 1m01s · 100 credits"]);
  });

  it("says after Ctrl-C what is reserved for a turn that is not settled, and no `0 credits`", () => {
    const interrupted = { ...finished(130, { interrupted: 1 }), credits: 0 } as Report;
    const first = { ...sending(turn), reserved: 60 } as JobEvent;
    expect(tell([...story(planned, first), interrupted])).toContain(
      "1 interrupted · 1m01s · 1 turn not settled: up to 60 credits reserved",
    );
    const settled = { type: "turn-settled", key: turn, changed: true, cost: 0 } as const;
    expect(tell([...story(planned, first, settled), interrupted])).toContain(
      "1 interrupted · 1m01s · 0 credits",
    );
  });

  it("says of a local run that nothing was paid", () => {
    const local = { ...plan, backend: "local" };
    const lines = tell(
      story(
        { type: "job-planned", runId: "run_1", plan: local },
        opened,
        sending(turn),
        { type: "turn-settled", key: turn, changed: true, cost: 100 },
        { type: "job-finished" },
      ).concat(finished(0, { succeeded: 1 })),
    );
    expect(lines.slice(-2)).toEqual([
      "promo: the video changed",
      "promo: done in 5s · local preview, nothing was paid",
    ]);
    expect(lines.join("\n")).not.toContain("credit");
  });

  it("says in the end how many turns changed nothing, though all was delivered", () => {
    const lines = tell(
      story(
        planned,
        opened,
        sending(turn),
        { type: "turn-settled", key: turn, changed: true, cost: 100 },
        sending(refinement),
        { type: "turn-settled", key: refinement, changed: false, cost: 0 },
        { type: "job-finished" },
      ).concat(finished(0, { succeeded: 1 })),
    );
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^promo: done in .* 100 credits$/),
      "1 turn changed nothing: nemo-recipe show run_1 tells what the service said",
      "session: https://site.test/workspace/task/task_1",
    ]);
  });

  it("sums up several jobs, and tells their troubles once more", () => {
    const about = (name: string): { atMs: number; job: ReturnType<typeof reportedJob> } => ({
      atMs: startMs,
      job: reportedJob(name),
    });
    const lines = tell([
      { type: "run-started", runId: "run_1", atMs: startMs, jobs: 4 },
      { type: "job-started", ...about("a"), plan: plannedJob() },
      { type: "job-started", ...about("b"), plan: plannedJob() },
      { type: "job-skipped", ...about("c"), reason: "up-to-date" },
      { type: "job-skipped", ...about("d"), reason: "busy" },
      { type: "job-event", ...about("a"), event: { type: "job-finished" } },
      {
        type: "job-event",
        ...about("b"),
        event: { type: "job-failed", code: "no-video", message: "no video", hint: "say more" },
      },
      finished(1, { succeeded: 1, upToDate: 1, failed: 1, needsYou: 1 }),
    ]);
    expect(lines).toEqual([
      "run run_1: 4 jobs",
      "a: started",
      "b: started",
      "c: up to date",
      "d: passed over: another process is driving it",
      "a: done in 0s",
      "b: failed: no video (no-video) · 0s",
      "b: next: say more",
      "1 done, 1 up to date, 1 failed, 1 left for you · 1m01s · 100 credits",
      "  b: no video (no-video)",
      "    next: say more",
    ]);
  });

  it("stays small however many jobs there are", () => {
    let state = plainStart;
    const plan = plannedJob();
    for (let index = 0; index < 5000; index++) {
      const about = { atMs: startMs, job: reportedJob(`j${index}`) };
      const failed = { type: "job-failed", code: "no-video", message: "no video" } as const;
      for (const report of [
        { type: "job-started", ...about, plan },
        { type: "job-event", ...about, event: { type: "export-progress", key: "k", share: 0.5 } },
        { type: "job-event", ...about, event: failed },
      ] as const)
        ({ state } = plainLines(state, report, view));
    }
    expect(state.digest.running.size + state.printed.size).toBe(0);
    expect(state.digest.troubled.length).toBeLessThanOrEqual(20);
    expect(state.digest.counts.failed).toBe(5000);
  });
});
