import { nearMiss } from "../../base/near-miss.ts";
import type { JobRow, Journal, RunRow } from "../../executor/ports.ts";
import { stateOf } from "../../job/fold.ts";
import { usage } from "../stop.ts";

/** What an id, its unique start, or a name means: a run, or a job. A session's id means the newest job in it. */
export type Meant =
  | { readonly kind: "run"; readonly run: RunRow }
  | { readonly kind: "job"; readonly job: JobRow };

const mostRuns = 10_000;
const mostJobs = 10_000;

/** Looks a run or job up; of several with one name the newest is meant. Stops with exit 2 where there is none. */
export async function findRun(text: string, journal: Journal): Promise<Meant> {
  const runs = await journal.runs(mostRuns);
  const started = runs.filter(({ runId }) => runId.startsWith(text));
  const exact =
    runs.find(({ runId }) => runId === text) ?? (isIdStart(text, "run") ? only(started, text) : undefined);
  if (exact !== undefined) return { kind: "run", run: exact };
  const jobs = await journal.findJobs(text, isIdStart(text, "job") ? 2 : 1);
  const job = isIdStart(text, "job") ? only(jobs, text) : jobs[0];
  if (job !== undefined) return { kind: "job", job };
  const inSession = await jobInSession(text, journal);
  if (inSession !== undefined) return { kind: "job", job: inSession };
  const named = runs.find(({ recipes }) => recipes.includes(text));
  if (named !== undefined) return { kind: "run", run: named };
  throw await nothingFound(text, journal, runs);
}

/** The service's ids of sessions are digits alone. */
async function jobInSession(text: string, journal: Journal): Promise<JobRow | undefined> {
  if (!/^\d{10,}$/.test(text)) return undefined;
  for (const job of await journal.findJobs("", mostJobs))
    if (stateOf(await journal.read(job.jobId))?.session?.sessionId === text) return job;
  return undefined;
}

const isIdStart = (text: string, kind: "run" | "job"): boolean => text.startsWith(`${kind}_`);

function only<T extends { readonly runId: string } | { readonly jobId: string }>(
  found: readonly T[],
  text: string,
): T | undefined {
  if (found.length > 1)
    throw usage(
      `"${text}" is the start of several ids: type more of it.`,
      "nemo-recipe runs lists them.",
      "unknown-run",
    );
  return found[0];
}

async function nothingFound(text: string, journal: Journal, runs: readonly RunRow[]): Promise<Error> {
  const jobs = await journal.findJobs("", 1000);
  const near = nearMiss(text, [...jobs.map(({ name }) => name), ...runs.flatMap(({ recipes }) => recipes)]);
  return usage(
    `there is no run or job "${text}" in this state folder`,
    near === undefined ? "nemo-recipe runs lists what there is." : `did you mean "${near}"?`,
    "unknown-run",
  );
}
