import { runJobs } from "../../../src/executor/run-jobs.ts";
import type { JobOrder, RunPorts } from "../../../src/executor/run-request.ts";
import type { Journal } from "../../../src/executor/ports.ts";
import { stateOf } from "../../../src/job/fold.ts";
import { mayHavePaid, parkedTurn, type JobState } from "../../../src/job/state.ts";
import { freeSpending } from "../../support/free-spending.ts";
import type { SoakWorld } from "./world.ts";

/** Jobs whose photo is not what it was, and that cost nothing: nobody misses them. */
const isMoot = (state: JobState): boolean => state.failure?.code === "file-changed" && !mayHavePaid(state);

export async function openJobs(journal: Journal): Promise<JobState[]> {
  const rows = await journal.findJobs("");
  const unfinished = rows.filter(({ status }) => status !== "finished");
  const states = await Promise.all(unfinished.map(async ({ jobId }) => stateOf(await journal.read(jobId))));
  return states.flatMap((state) => (state === undefined || isMoot(state) ? [] : [state]));
}

/**
 * A person who looks in: decides what nobody else can know, by the service's own list, and lets what was cut off or
 * failed go on, as `resolve` and `resume` do. Returns how many turns had to be decided.
 */
export async function lookIn(world: SoakWorld, ports: RunPorts, visit: number): Promise<number> {
  const { journal, backend } = world;
  const orders: JobOrder[] = [];
  let decided = 0;
  for (const state of await openJobs(journal)) {
    const { jobId, plan, session, seq } = state;
    const lock = await journal.lock(jobId);
    if (lock === undefined) continue;
    const key = parkedTurn(state);
    if (key !== undefined) {
      const ran = backend.accepted.some(({ sessionId }) => sessionId === session?.sessionId);
      await journal.append(jobId, { type: "turn-resolved", key, decision: ran ? "adopt" : "resend" }, seq);
      decided += 1;
    }
    await lock.release();
    orders.push({ kind: "resumed", jobId, name: plan.name, recipe: plan.recipe });
  }
  if (orders.length > 0)
    await runJobs(
      {
        runId: `visit_${visit}`,
        orders,
        concurrency: { all: 4, ofRecipe: () => 4 },
        overwrite: false,
        money: freeSpending,
        signal: new AbortController().signal,
      },
      ports,
    );
  return decided;
}
