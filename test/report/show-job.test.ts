import { describe, expect, it } from "vitest";
import { paintFor } from "../../src/cli/paint.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { stateOf } from "../../src/job/fold.ts";
import type { JobState } from "../../src/job/state.ts";
import type { PlannedJob } from "../../src/plan/planned-job.ts";
import { showJob } from "../../src/report/show-job.ts";
import type { ShowView } from "../../src/report/show-job.ts";
import { plannedJob } from "../support/planned-job.ts";
import { draftOf, everyEvent, facts, noPaint, secrets, startMs } from "./reports.ts";

const view: ShowView = {
  paint: noPaint,
  pageLink: ({ taskId }) => `https://site.test/task/${taskId}`,
  timeZone: "Europe/Paris",
};
const base = plannedJob({
  uploads: 1,
  turns: [{ prompt: "make a video" }, { prompt: "show the title", turn: "refinement" }],
  exports: 2,
});
const plan: PlannedJob = {
  ...base,
  steps: [
    {
      kind: "upload",
      key: "u",
      asset: false,
      media: { kind: "url", url: "https://cdn.test/SECRET?key=SECRET" },
    },
    ...base.steps,
  ],
};
const [, , turn = "", refinement = "", made = ""] = plan.steps.map(({ key }) => key);

const fold = (...events: readonly JobEvent[]): JobState => {
  const first: JobEvent = { type: "job-planned", runId: "run_1", plan };
  const recorded = [first, ...events].map((event, index) => ({
    jobId: "job_1",
    seq: index + 1,
    atMs: startMs,
    event,
  }));
  const state = stateOf(recorded);
  if (state === undefined) throw new Error("no events");
  return state;
};
const show = (state: JobState): string[] =>
  showJob({ state, startedAtMs: startMs, updatedAtMs: startMs + 62_000 }, view);

const one = everyEvent(plan, "hello");
const sent = { ...one["turn-sending"], key: turn } as JobEvent;
const settled: JobEvent = {
  type: "turn-settled",
  key: turn,
  changed: true,
  cost: 100,
  draft: draftOf("hello"),
};
const begun = [one["session-opened"], { type: "file-uploaded", key: "u", name: "intro.mp4" }] as const;

describe("showJob", () => {
  it("shows inputs, turns with what they changed, files and cost", () => {
    const closed: JobEvent = { type: "turn-closed", key: turn, end: "closed", texts: ["I made a video"] };
    const starting: JobEvent = { type: "export-starting", key: made, renderId: "r", attempt: 1 };
    const placed = { key: made, path: "/out/promo.mp4" };
    const state = fold(
      ...begun,
      sent,
      closed,
      settled,
      { type: "turn-skipped", key: refinement },
      starting,
      { type: "export-ready", key: made, renderId: "r", url: "https://cdn.test/URL-SECRET" },
      { type: "file-placing", ...placed, sha256: "abc", sizeBytes: 1 },
      { type: "file-delivered", ...placed, facts, unmet: [] },
    );
    expect(show(state)).toEqual([
      "promo  not finished · 1m02s · 100 credits",
      "  job_1, recipe promo, run run_1, 2026-11-20 10:00",
      "  session 1234567890123456789  https://site.test/task/task_1",
      "",
      "  inputs",
      "    intro.mp4  from cdn.test",
      "    promo-0.jpg  1.0 kB  not uploaded",
      "",
      "  turns",
      "    1. make a video",
      "       | I made a video",
      "       the video changed · 100 credits",
      '       Timeline (2 tracks): 1. Video: hello (0-15s) 2. Title: "hello" (0-3s)',
      "    2. show the title (refinement)",
      "       skipped: the video was so already",
      "",
      "  files",
      "    out/promo.mp4  3.2 MB, 15.0 s, 1920×1080",
      "    out/promo-1.mp4  mp4 high, not yet made",
    ]);
  });

  it.each([
    ["not yet sent", "0 credits", fold(...begun)],
    ["may be running at the service", "cost not measured", fold(...begun, sent)],
    [
      "nobody can know whether it ran",
      "cost not measured",
      fold(...begun, sent, { ...one["turn-unknown"], key: turn } as JobEvent),
    ],
    [
      "not sent, nothing was paid: hello (service-error)",
      "0 credits",
      fold(...begun, sent, { ...one["turn-not-sent"], key: turn } as JobEvent),
    ],
    [
      "nothing changed · cost not measured",
      "cost not measured",
      fold(...begun, sent, { type: "turn-settled", key: turn, changed: false }),
    ],
  ])("%s: %s", (text, cost, state) => {
    expect(show(state)[0]).toMatch(new RegExp(` · ${cost}$`));
    expect(show(state).join("\n")).toContain(text);
  });

  it("says what budgets count for what nobody could measure", () => {
    const state = fold(...begun, sent, { type: "turn-settled", key: turn, changed: false });
    const times = { startedAtMs: 0, updatedAtMs: 0 };
    const lines = showJob({ state, ...times, unmeasured: 100 }, view);
    expect(lines[2]).toMatch(/^ {2}not measured: budgets count 100 credits, .* raise the budget/);
    expect(showJob({ state, ...times, unmeasured: 0 }, view).join("\n")).not.toContain("budgets count");
  });

  it("ends with the failure and the next step", () => {
    const failed = { type: "job-failed", code: "no-video", message: "no video", hint: "say more" } as const;
    expect(show(fold(...begun, failed)).slice(-3)).toEqual([
      "",
      "  failed: no video (no-video)",
      "  next: say more",
    ]);
    expect(show(fold(...begun, sent, { ...one["turn-unknown"], key: turn } as JobEvent)).at(-1)).toContain(
      "nemo-recipe resolve job_1 --resend   it did not run: send the prompt once more; if it did run, it is paid twice",
    );
  });

  it("marks a local preview, which has no page and costs nothing", () => {
    const state = fold(...begun, sent, settled);
    const lines = show({ ...state, plan: { ...plan, backend: "local" } });
    expect(lines[0]).toBe("promo  not finished · 1m02s · local preview, nothing was paid");
    expect(lines.join("\n")).not.toMatch(/credit|site\.test/);
  });

  it("tells no draft, no address's secret, no render's address", () => {
    const all = show(fold(...begun, sent, settled)).join("\n");
    for (const secret of [...secrets, "SECRET"]) expect(all).not.toContain(secret);
  });

  it("colours the status", () => {
    const state = fold(...begun, { type: "job-finished" });
    const [head] = showJob({ state, startedAtMs: 0, updatedAtMs: 0 }, { ...view, paint: paintFor(true) });
    expect(head).toContain("\u001b[32mdone\u001b[39m");
  });
});
