import { expect, it } from "vitest";
import { fullLimit } from "../../src/executor/budget-room.ts";
import type { BudgetLimit } from "../../src/job/budget-limit.ts";
import { memoryJournal } from "../../src/journal/memory-journal.ts";
import type { TurnStep } from "../../src/plan/planned-job.ts";
import { formerJob, pastEvents, type Past } from "../support/former-job.ts";
import { freeSpending } from "../support/free-spending.ts";
import { plannedJob } from "../support/planned-job.ts";
import { stepClock } from "../support/step-clock.ts";

const again: Partial<TurnStep> = { turn: "refinement", unless: { duration: { min: 1, max: 2 } }, atMost: 3 };

it.each<[string, Partial<TurnStep>, Past, BudgetLimit["scope"] | undefined]>([
  ["a turn that was never sent", {}, { steps: 2 }, "job"],
  ["a turn that is sent again until its check is met", again, {}, "job"],
  ["no turn at all", {}, {}, undefined],
])("looks for room for %s", async (_, turn, past, scope) => {
  const job = plannedJob({ turns: [{ prompt: "make a video" }, { prompt: "shorter", ...turn }] });
  const clock = stepClock();
  const journal = memoryJournal(clock);
  const refused: Past = { ...past, exports: 0, end: "failed" };
  let seq = 0;
  for (const event of pastEvents(job, refused)) await journal.append("job_1", event, seq++);
  const limit: BudgetLimit = { scope: "job", credits: 150, from: "clip.yaml" };
  const money = { ...freeSpending, limitsFor: () => [limit] };
  const full = await fullLimit(formerJob(job, refused), { journal, money, nowMs: 9_000, runStartedAtMs: 0 });
  expect(full?.scope).toBe(scope);
});
