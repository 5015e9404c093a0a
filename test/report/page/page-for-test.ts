import type { JobEvent } from "../../../src/job/event.ts";
import { stateOf } from "../../../src/job/fold.ts";
import type { PlannedJob } from "../../../src/plan/planned-job.ts";
import { jobFacts, type ToldJob } from "../../../src/report/page/job-facts.ts";
import type { JobFacts, PageFacts } from "../../../src/report/page/page-facts.ts";
import { plannedJob } from "../../support/planned-job.ts";
import { everyEvent, noPaint, startMs } from "../reports.ts";

/** A job that has seen one event of nearly every type, each ten seconds after the one before. */
export function toldJob(text: string, plan: PlannedJob, last: JobEvent["type"]): ToldJob {
  const all = everyEvent(plan, text);
  const order = [
    "job-planned",
    "session-opened",
    "file-uploaded",
    "turn-sending",
    "turn-closed",
    "turn-settled",
    "export-starting",
    "export-ready",
    "file-placing",
    "file-delivered",
    last,
  ] as const;
  const events = order.map((type, index) => ({
    jobId: "job_1",
    seq: index + 1,
    atMs: startMs + index * 10_000,
    event: all[type],
  }));
  const state = stateOf(events);
  if (state === undefined) throw new Error("no events");
  return { state, events, startedAtMs: startMs, updatedAtMs: startMs + 100_000 };
}

/** A job in which every text from outside is `text`. */
export function factsWith(text: string, last: JobEvent["type"] = "job-failed"): JobFacts {
  const plan = plannedJob({ name: text, turns: [{ prompt: text, turn: "variant", name: text }] });
  return jobFacts(toldJob(text, { ...plan, recipe: text }, last), {
    paint: noPaint,
    pageLink: () => `https://site.test/${text}`,
    timeZone: "Europe/Paris",
  });
}

export function pageFacts(jobs: readonly JobFacts[], more: Partial<PageFacts> = {}): PageFacts {
  return {
    title: "promo",
    madeAt: "2026-11-20 10:00",
    program: "nemo-recipe 0.1.0",
    jobs,
    leftOut: 0,
    ...more,
  };
}
