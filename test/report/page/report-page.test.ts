import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { JobFacts, PageMedia } from "../../../src/report/page/page-facts.ts";
import { reportPage } from "../../../src/report/page/report-page.ts";
import { factsWith, pageFacts, toldJob } from "./page-for-test.ts";
import { secrets } from "../reports.ts";
import { jobFacts } from "../../../src/report/page/job-facts.ts";
import { plannedJob } from "../../support/planned-job.ts";
import { noPaint } from "../reports.ts";

const media = new Map<string, PageMedia>([
  ["/out/hello", { href: "../videos/hello.mp4", poster: "data:image/jpeg;base64,AAAA" }],
]);
const job = factsWith("hello");
/** Its video is what was asked for. */
const met: JobFacts = { ...job, files: job.files.map((file) => ({ ...file, differs: [] })) };
const page = reportPage(pageFacts([job]), media);
const run = { id: "run_1", startedAt: "2026-11-20 10:00", took: "1m40s", exitCode: 1 };

/** Its words, as a reader meets them. */
const words = (markup: string): string =>
  markup
    .replace(/<style>[^<]*<\/style>/, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("reportPage", () => {
  it("tells prompts, answers, cost, times, files and trouble with its next step", () => {
    expect(words(page)).toContain("hello ✗ failed 50 credits · 1m40s · 2026-11-20 10:00");
    expect(words(page)).toContain("hello service-error Next: hello");
    expect(words(page)).toMatch(
      /variant hello hello hello see https:\/\/cdn\.test\/a\.mp4 hello ✓ the video changed · 20s · 50 credits/,
    );
    expect(words(page)).toContain("Videos out/hello mp4, 3.2 MB, 15.0 s, 1920×1080");
    expect(words(page)).toContain("Timeline (2 tracks): 1. Video: hello (0-15s)");
    expect(words(page)).toContain("hello-0.jpg 1.0 kB");
  });

  it("plays the video that stands beside it, with its poster and its size", () => {
    const [video = ""] = /<video[^>]*>/.exec(page) ?? [];
    expect(video.replace(/\s+/g, " ")).toContain('preload="metadata" src="../videos/hello.mp4"');
    expect(video.replace(/\s+/g, " ")).toContain(
      'width="1920" height="1080" poster="data:image/jpeg;base64,AAAA"',
    );
  });

  it.each([
    ["job-needs-you", true],
    ["job-finished", false],
  ] as const)("a preview counts for nothing, and goes when the job is done: %s", (last, isShown) => {
    const plan = plannedJob({ turns: [{ prompt: "hello" }], exports: 2 });
    const [preview, ...others] = plan.steps.filter(({ kind }) => kind === "export");
    const steps = [
      ...plan.steps.filter(({ kind }) => kind !== "export"),
      Object.assign({}, preview, { preview: true }),
      ...others,
    ];
    const facts = jobFacts(toldJob("hello", { ...plan, steps }, last), { paint: noPaint });
    const [path = ""] = facts.files.filter(({ isPreview }) => isPreview).map((file) => file.path);
    const frames = "data:image/jpeg;base64,BBBB";
    const drawn = reportPage(pageFacts([facts]), new Map([...media, [path, { href: "./p.mp4", frames }]]));
    expect(drawn).toContain(`<img class="frames" src="${frames}" alt="Frames of`);
    const text = words(reportPage(pageFacts([facts]), media));
    expect(text.includes("preview, mp4, 3.2 MB")).toBe(isShown);
    expect(text).toContain("0 videos");
  });

  it("of many jobs those that are not done come first, and videos are opened when they are played", () => {
    const jobs = Array.from({ length: 30 }, (_, index): JobFacts => ({
      ...met,
      name: `job ${index}`,
      status: index === 20 ? "failed" : "finished",
      files: met.files.map((file) => ({ ...file, path: `/out/${index}` })),
    }));
    const poster = "data:image/jpeg;base64,AAAA";
    const many = new Map(jobs.map((_, index) => [`/out/${index}`, { href: "./x.mp4", poster }]));
    const text = reportPage(pageFacts(jobs), many);
    expect(words(text)).toContain("Not done job 20 ✗ failed hello All jobs job 0 ✓ done");
    expect(text).toContain('preload="none"');
    expect(text).not.toContain('preload="metadata"');
    expect(words(reportPage(pageFacts(jobs.slice(0, 15)), many))).not.toContain("Not done");
  });

  it("of a very long prompt the beginning is shown, and the whole on request", () => {
    const long = "🎬".repeat(2500);
    const text = reportPage(pageFacts([factsWith(long)]), new Map());
    expect(text).toContain(`<p class="prompt" dir="auto">${"🎬".repeat(200)}…</p>`);
    expect(text).toContain("All 5000 characters");
    expect(text).toContain(`<p class="prompt" dir="auto">${long}</p>`);
  });

  it("says that a delivered file is gone", () => {
    const gone = reportPage(pageFacts([job]), new Map());
    expect(gone).not.toContain("<video");
    expect(words(gone)).toContain("not where it was delivered any more");
  });

  it("loads nothing from anywhere, and has a policy that would refuse it", () => {
    const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, style = ""] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(policy.replaceAll("&#39;", "'").split("; ")).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "img-src 'self' data: file:",
      "media-src 'self' file:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(style).not.toMatch(/url\(|@import|expression/);
    expect(page).not.toMatch(/<(?:script|link|iframe|object|embed|form|base)\b|\sstyle=|\son\w+=/);
    const loaded = [...page.matchAll(/\s(?:src|poster|srcset)="([^"]*)"/g)].map(
      ([, address = ""]) => address,
    );
    expect(loaded.filter((address) => !/^(?:\.\.?\/|data:image\/jpeg;base64,)/.test(address))).toEqual([]);
  });

  it("holds no draft, no signed address, no render's address", () => {
    for (const secret of secrets) expect(page).not.toContain(secret);
    expect(JSON.stringify(job)).not.toContain("SECRET");
  });

  it.each([
    { what: "one job", jobs: [met], nav: false, lead: "1 video · 50 credits · 1m40s · 2026-11-20 10:00" },
    { what: "two", jobs: [met, { ...met, status: "finished" }], nav: true, lead: "2 videos · 100 credits" },
    { what: "one that is not as wanted", jobs: [job], nav: false, lead: "0 videos · 50 credits" },
    {
      what: "local previews",
      jobs: [{ ...met, isLocal: true, credits: 0 }],
      nav: false,
      lead: "1 video · a local preview, nothing was paid",
    },
  ] satisfies readonly { what: string; jobs: readonly JobFacts[]; nav: boolean; lead: string }[])(
    "a run of $what",
    ({ jobs, nav, lead }) => {
      const text = reportPage(pageFacts(jobs, { run, leftOut: 2 }), media);
      expect(words(text)).toContain(lead);
      expect(words(text)).toContain("2 jobs not on this page");
      expect(words(text)).toContain("run_1 , exit 1");
      expect(text.includes("<nav")).toBe(nav);
      for (const [, id = ""] of text.matchAll(/href="#([^"]*)"/g)) expect(text).toContain(`id="${id}"`);
    },
  );

  it("has landmarks, one first heading, and a name for each video and lane", () => {
    expect(page.match(/<h1/g)).toHaveLength(1);
    for (const mark of ["<main>", '<header class="page">', "<footer>", '<html lang="en">'])
      expect(page).toContain(mark);
    for (const [video] of page.matchAll(/<video[^>]*>/g)) expect(video).toMatch(/aria-label="[^"]+"/);
    for (const [picture] of page.matchAll(/<img[^>]*>/g)) expect(picture).toMatch(/alt="[^"]+"/);
  });

  it("shows a parked turn with the evidence and each decision", () => {
    const told = toldJob("hello", plannedJob({ turns: [{ prompt: "hello" }] }), "turn-unknown");
    const facts = jobFacts({ ...told, ...folded(told) }, { paint: noPaint });
    const text = words(reportPage(pageFacts([facts]), new Map()));
    expect(text).toContain("Nobody can know whether this turn ran:");
    expect(text).toContain("nemo-recipe resolve job_1 --adopt");
  });
});

/** The same story, cut before anybody knew how the turn ended. */
function folded({
  state,
  events,
}: ReturnType<typeof toldJob>): Pick<ReturnType<typeof toldJob>, "state" | "events"> {
  const unknown = events.at(-1);
  const key = state.plan.steps.find(({ kind }) => kind === "turn")?.key ?? "";
  const turn = state.turns.get(key);
  if (unknown === undefined || turn === undefined) throw new Error("no turn");
  return {
    events,
    state: { ...state, status: "needs-you", turns: new Map([[key, { ...turn, status: "unknown" }]]) },
  };
}
