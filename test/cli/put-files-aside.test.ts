import { expect, it } from "vitest";
import { putFilesAside } from "../../src/cli/put-files-aside.ts";
import { inputLock } from "../../src/executor/input-lock.ts";
import type { Files } from "../../src/executor/ports.ts";
import type { JobEvent } from "../../src/job/event.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { deliveredHash, pastEvents } from "../support/former-job.ts";
import { plannedJob, sha256 } from "../support/planned-job.ts";
import { stepClock } from "../support/step-clock.ts";

/** Two jobs of one file, as a matrix makes them. */
const [calm, wild] = [
  plannedJob({ turns: [{ prompt: "calm" }] }),
  plannedJob({ turns: [{ prompt: "wild" }] }),
];
const refused: JobEvent = { type: "job-failed", code: "over-budget", message: "the day is full" };

it.each<[string, readonly JobEvent[], boolean, string | undefined]>([
  ["is done as well", pastEvents(wild), false, "delivered true"],
  ["is not done", pastEvents(wild, { end: "cut-off", exports: 0 }), false, undefined],
  [
    "waits for room in a budget",
    [...pastEvents(wild, { end: "cut-off", steps: 1 }), refused],
    false,
    undefined,
  ],
  ["failed for good", pastEvents(wild, { end: "failed", exports: 0 }), false, "failed false"],
  ["is still to begin", [], true, undefined],
])("a file is put aside by what became of all its jobs: another one %s", async (_, events, isHeld, said) => {
  const journal = memoryJournal(stepClock());
  for (const [jobId, past] of [
    ["job_1", pastEvents(calm)],
    ["job_2", events],
  ] as const)
    for (const [seq, event] of past.entries()) await journal.append(jobId, event, seq);
  if (isHeld) await journal.lock(inputLock("promo", sha256("promo-0.jpg")));
  const files = { hashOf: async (path: string) => deliveredHash(path) } as unknown as Files;
  const told: string[] = [];
  const after = async (_file: unknown, end: { end: string; isVerified: boolean }): Promise<void> =>
    void told.push(`${end.end} ${end.isVerified}`);
  await putFilesAside({ plan: calm }, after, { journal, files });
  expect(told).toEqual(said === undefined ? [] : [said]);
});
