import { expect, it } from "vitest";
import { sortGroup } from "../../src/executor/sort-group.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { freshTake } from "../../src/plan/fresh-take.ts";
import type { FoundFile, PlannedJob } from "../../src/plan/planned-job.ts";
import { pastEvents, type Past } from "../support/former-job.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { stepClock } from "../support/step-clock.ts";

const first = plannedJob();
const second = freshTake(first, 2, sha256);
const [upload] = first.steps;
const file = upload?.kind === "upload" && upload.media.kind === "file" ? upload.media.file : undefined;

it.each<[string, readonly (readonly [PlannedJob, Past])[], readonly string[]]>([
  ["lost with its session", [[first, { exports: 0, end: "session-lost" }]], ["lost job_0"]],
  ["given up", [[first, { steps: 1, next: "dropped", end: "cut-off" }]], ["lost job_0"]],
  ["failed at its export", [[first, { exports: 0, end: "failed" }]], ["goes on job_0"]],
  [
    "lost, and a fresh take of it is delivered",
    [
      [first, { exports: 0, end: "session-lost" }],
      [second, {}],
    ],
    ["made by job_1"],
  ],
  [
    "lost, and a fresh take of it failed",
    [
      [first, { exports: 0, end: "session-lost" }],
      [second, { exports: 0, end: "failed" }],
    ],
    ["goes on job_1"],
  ],
])("a file whose job was %s", async (_, pasts, expected) => {
  const journal = memoryJournal(stepClock());
  for (const [number, [job, past]] of pasts.entries())
    for (const [seq, event] of pastEvents(job, past).entries())
      await journal.append(`job_${number}`, event, seq);
  const says: string[] = [];
  const sorted = await sortGroup([file as FoundFile], {
    journal,
    recipe: first.recipe,
    backend: first.backend,
    jobsOfGroup: 1,
    ended: new Set(),
    nowMs: 9_000,
    tell: (report) => says.push("jobId" in report ? `${report.type} ${report.jobId}` : report.type),
  });
  const made = sorted.made.flatMap(({ jobIds }) => jobIds.map((jobId) => `made by ${jobId}`));
  const goOn = [...sorted.goOn.keys()].map((jobId) => `goes on ${jobId}`);
  expect([...says, ...made, ...goOn, ...sorted.fresh.map(() => "fresh")]).toEqual(expected);
});
