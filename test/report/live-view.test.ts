import { describe, expect, it } from "vitest";
import { paintFor } from "../../src/cli/paint.ts";
import type { Report } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";
import {
  liveStart,
  permanentLines,
  reduceLive,
  renderLive,
  type LiveState,
} from "../../src/report/live-view.ts";
import { textWidth } from "../../src/report/text-width.ts";
import type { View } from "../../src/report/view.ts";
import { plannedJob } from "../support/planned-job.ts";
import { everyReport, facts, noPaint, reportedJob, startMs } from "./reports.ts";

const view: View = { paint: noPaint, pageLink: ({ taskId }) => `https://site.test/task/${taskId}` };
const screen = { ...view, columns: 80, rows: 24, nowMs: startMs + 62_000 };
const plan = plannedJob({ uploads: 2 });
const key = plan.steps.find(({ kind }) => kind === "turn")?.key ?? "";

const started = (names: readonly string[], jobs = names.length): Report[] => [
  { type: "run-started", runId: "run_1", atMs: startMs, jobs },
  ...names.map((name): Report => ({
    type: "job-started",
    atMs: startMs,
    job: reportedJob(name),
    plan: plannedJob({ name }),
  })),
];
const about = (name: string, event: JobEvent): Report => ({
  type: "job-event",
  atMs: startMs + 62_000,
  job: reportedJob(name),
  event,
});
const planned = (name: string): Report => about(name, { type: "job-planned", runId: "run_1", plan });
const stateAfter = (reports: readonly Report[]): LiveState => reports.reduce(reduceLive, liveStart);
const uploading = (name: string, sentBytes: number): Report => ({
  type: "job-signal",
  atMs: startMs,
  job: reportedJob(name),
  signal: { type: "upload-progress", name: "beach.jpg", sentBytes, sizeBytes: 100 },
});

describe("renderLive", () => {
  it("gives a running job a line with step, bar, share and time", () => {
    const state = stateAfter([...started(["promo"]), planned("promo"), uploading("promo", 50)]);
    expect(renderLive(state, screen)).toEqual([
      expect.stringMatching(/^\S promo {2}uploading beach.jpg \(1 of 2\) +━{6}─{6} {3}50% {3}1m02s$/),
    ]);
  });

  it("keeps the step while signals tell nothing new", () => {
    const reports = [...started(["promo"]), planned("promo"), uploading("promo", 50)];
    const before = stateAfter(reports);
    const after = reduceLive(before, {
      type: "job-signal",
      atMs: startMs,
      job: reportedJob("promo"),
      signal: { type: "agent-said", text: "hello" },
    });
    expect(renderLive(after, screen)).toEqual(renderLive(before, screen));
  });

  it("drops the bar, then the time, then the share as it gets narrower", () => {
    const state = stateAfter([...started(["promo"]), planned("promo"), uploading("promo", 50)]);
    const line = (columns: number): string => renderLive(state, { ...screen, columns }).join("");
    expect(line(63)).toMatch(/^\S promo {2}uploading beach.jpg \(1 of 2\) +50% +1m02s$/);
    expect(line(40)).toMatch(/^\S promo {2}uploading.*50%$/);
    expect(line(20)).toMatch(/^\S promo {2}uploading…\s*$/);
    expect(line(12)).toMatch(/^\S promo\s*$/);
  });

  const names = [
    "a-rather-long-name-of-a-product-number-one",
    "日本の山の写真集",
    "👩‍👩‍👧 family",
    "e\u0301te\u0301",
  ];
  it.each([200, 80, 64, 50, 40, 24, 12, 5])("never wraps at %i columns", (columns) => {
    let state = liveStart;
    const reports = [
      ...started(names, 9),
      ...names.flatMap((name) => [planned(name), uploading(name, 33)]),
      ...everyReport("ファイル"),
    ];
    for (const report of reports) {
      state = reduceLive(state, report);
      for (const line of renderLive(state, { ...screen, columns }))
        expect(textWidth(line), line).toBeLessThanOrEqual(columns - 1);
    }
  });

  it("shows what fits of many jobs, and counts the others", () => {
    const many = Array.from({ length: 30 }, (_, index) => `job-${index}`);
    const state = stateAfter([
      ...started(many, 100),
      { type: "job-skipped", atMs: startMs, job: reportedJob("x"), reason: "up-to-date" },
      about("job-0", { type: "job-failed", code: "no-video", message: "no video" }),
      about("job-1", { type: "job-finished" }),
    ]);
    const lines = renderLive(state, { ...screen, rows: 10 });
    expect(lines).toHaveLength(9);
    expect(lines.slice(-2)).toEqual([
      "  and 21 more at work",
      "3 of 100 done · 1 failed · 69 waiting · 1m02s",
    ]);
    expect(renderLive(state, { ...screen, rows: 50 })).toHaveLength(29);
  });

  it("leaves nothing behind when the run is over", () => {
    const reports = everyReport("hello");
    expect(renderLive(stateAfter(reports.slice(0, -1)), screen)).not.toEqual([]);
    expect(renderLive(stateAfter(reports), screen)).toEqual([]);
    const one = [...started(["promo"]), about("promo", { type: "job-finished" })];
    expect(renderLive(stateAfter(one), screen)).toEqual([]);
  });

  it("colours without a change of width", () => {
    const state = stateAfter([...started(["promo"]), planned("promo"), uploading("promo", 50)]);
    const [plain] = renderLive(state, screen);
    const [coloured = ""] = renderLive(state, { ...screen, paint: paintFor(true) });
    expect(coloured).not.toBe(plain);
    // oxlint-disable-next-line no-control-regex -- our own colours
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });
});

describe("permanentLines", () => {
  const after = (reports: readonly Report[], last: Report): string[] =>
    permanentLines(stateAfter(reports), last, view);
  const running = [...started(["promo"]), planned("promo")];
  const delivered = about("promo", {
    type: "file-delivered",
    key: plan.steps.at(-1)?.key ?? "",
    path: "/out/promo.mp4",
    facts,
    unmet: [],
  });

  it("keeps how a job ended", () => {
    expect(after([...running, delivered], about("promo", { type: "job-finished" }))).toEqual([
      "✓ promo  3.2 MB, 15.0 s, 1920×1080 · done in 1m02s",
    ]);
    const failed = { type: "job-failed", code: "no-video", message: "no video", hint: "say more" } as const;
    expect(after(running, about("promo", failed))).toEqual([
      "✗ promo  failed: no video (no-video) · 1m02s",
      "  next: say more",
    ]);
    expect(after(running, about("promo", { ...failed, type: "job-needs-you" }))[0]).toContain(
      "! promo  needs you",
    );
  });

  it("keeps what differs from what was expected", () => {
    const event = {
      type: "file-delivered",
      key: "k",
      path: "/out/p.unmet.mp4",
      facts,
      unmet: ["too long"],
    } as const;
    expect(after(running, about("promo", event))).toEqual([
      "! promo  delivered /out/p.unmet.mp4 (3.2 MB, 15.0 s, 1920×1080), but too long",
    ]);
  });

  it("keeps what the service said in a run of one job only", () => {
    const closed = about("promo", { type: "turn-closed", key, end: "closed", texts: ["done\nwith it"] });
    expect(after(running, closed)).toEqual(["  | done", "  | with it"]);
    expect(after([...started(["promo", "other"])], closed)).toEqual([]);
  });

  it("keeps warnings and jobs that were passed over", () => {
    const signal = { type: "warning", message: "slow disk", hint: "move it" } as const;
    const job = reportedJob("promo");
    expect(after(running, { type: "job-signal", atMs: startMs, job, signal })).toEqual([
      "! promo  slow disk",
      "  next: move it",
    ]);
    expect(after(running, { type: "job-skipped", atMs: startMs, job, reason: "parked" })).toEqual([
      "– promo  passed over: it waits for you; see `nemo-recipe show job_promo`",
    ]);
  });

  it("leaves passing things to the live lines", () => {
    expect(after(running, uploading("promo", 50))).toEqual([]);
    expect(after(running, about("promo", { type: "export-progress", key: "k", share: 0.5 }))).toEqual([]);
  });

  it("ends with the session's page", () => {
    const opened = about("promo", { type: "session-opened", sessionId: "1", taskId: "task_1" });
    const counts = { succeeded: 1, upToDate: 0, failed: 0, needsYou: 0, interrupted: 0 };
    const end = { elapsedMs: 62_000, exitCode: 0, counts, credits: 0, costUnknown: false, files: [] };
    const over: Report = { type: "run-finished", runId: "run_1", atMs: startMs, ...end };
    expect(after([...running, opened, about("promo", { type: "job-finished" })], over)).toEqual([
      "session: https://site.test/task/task_1",
    ]);
  });
});
