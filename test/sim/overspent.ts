import type { RecordedEvent } from "../../src/job/event.ts";
import { sha256 } from "../support/planned-job.ts";
import { periodOf, type SimBudget } from "./sim-budget.ts";
import type { Story } from "./simulate.ts";

/** One sending of a turn, as the events tell it. */
interface Sending {
  readonly promptHash: string;
  readonly atMs: number;
  /** What its limit counts it under: the job, the run, or the period. */
  readonly purse: string;
  readonly reserved: number;
  counted: number;
}

/** What a story spent over its limit: by what the service charged, and by what the records say. */
export function overspent(story: Story): string[] {
  const { budget } = story;
  if (budget === undefined) return [];
  const sendings = sendingsOf(story.events, budget);
  const charged = story.accepted.map(({ prompt, atMs, cost }): [string, number] => {
    const promptHash = sha256(prompt);
    const sending = sendings.findLast((one) => one.promptHash === promptHash && one.atMs <= atMs);
    return [sending?.purse ?? "nobody", cost];
  });
  const recorded = sendings.map(({ purse, counted }): [string, number] => [purse, counted]);
  return [...over(charged, budget, "was charged"), ...over(recorded, budget, "has counted")];
}

function over(
  amounts: readonly (readonly [string, number])[],
  { credits }: SimBudget,
  what: string,
): string[] {
  const sums = new Map<string, number>();
  for (const [purse, amount] of amounts) sums.set(purse, (sums.get(purse) ?? 0) + amount);
  return [...sums].flatMap(([purse, sum]) =>
    sum > credits ? [`${purse} ${what} ${sum} of ${credits} credits`] : [],
  );
}

/** Reads the events by itself, so that a mistake of the journal's table does not hide here as well. */
function sendingsOf(events: readonly RecordedEvent[], budget: SimBudget): Sending[] {
  const sendings: Sending[] = [];
  const newest = new Map<string, Sending>();
  const runOf = new Map<string, string>();
  for (const { jobId, atMs, event } of events) {
    if (event.type === "job-planned" || event.type === "job-resumed") runOf.set(jobId, event.runId);
    if (event.type === "turn-sending") {
      const { promptHash, key, reserved = 0 } = event;
      const runId = runOf.get(jobId) ?? "";
      const purse = { job: jobId, run: runId }[budget.scope as string] ?? `since ${periodOf(budget, atMs)}`;
      const sending = { promptHash, atMs, purse, reserved, counted: reserved };
      sendings.push(sending);
      newest.set(`${jobId} ${key}`, sending);
    }
    if (event.type !== "turn-settled" && event.type !== "turn-not-sent") continue;
    const sending = newest.get(`${jobId} ${event.key}`);
    if (sending === undefined) continue;
    if (event.type === "turn-not-sent") sending.counted = 0;
    else if (event.cost !== undefined) sending.counted = event.cost;
  }
  return sendings;
}
