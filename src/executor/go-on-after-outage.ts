import type { FailureCode } from "../base/failure-codes.ts";
import { driveJob, type JobPlace, type JobStart } from "./drive-job.ts";
import type { Outage } from "./outage.ts";
import type { JobRest } from "./run-outcome.ts";

interface Stranded {
  readonly place: JobPlace;
  readonly start: JobStart;
  readonly outage: Outage;
}

type CameToRest = Extract<JobRest, { readonly rest: "came-to-rest" }>;

/** Of failures that the service may have of its own: one that answers all the same gets so many more tries. */
const mostTries = 3;
const pauseMs = 5_000;

const strandedBy: ReadonlySet<FailureCode | undefined> = new Set(["unreachable", "service-error"]);

/**
 * Where nobody waits for an answer, an outage is no failure of a job: it waits until the service answers, and goes on
 * from its first step that is not done. What is paid is not sent again: it is the way of `resume`.
 */
export async function goOnAfterOutage(first: JobRest, { place, start, outage }: Stranded): Promise<JobRest> {
  const { signal } = start.request;
  let rest = first;
  for (let tries = 1; isStranded(rest); tries++) {
    const wasAway = await outage.passed(signal).catch(ifAborted(signal));
    const isOurs = rest.state.failure?.code === "service-error" || tries > mostTries;
    if (!signal.aborted && !wasAway && isOurs) return rest;
    if (!signal.aborted && !wasAway) await start.ports.clock.sleep(pauseMs, signal).catch(ifAborted(signal));
    if (signal.aborted) return { ...rest, interrupted: true };
    if (wasAway) tries = 0;
    const { jobId, plan } = rest.state;
    const order = { kind: "resumed", jobId, name: plan.name, recipe: plan.recipe } as const;
    rest = joined(rest, await driveJob({ ...place, order }, start));
  }
  return rest;
}

function isStranded(rest: JobRest): rest is CameToRest {
  if (rest.rest !== "came-to-rest" || rest.interrupted || rest.isFetched) return false;
  return rest.state.status !== "finished" && strandedBy.has(rest.state.failure?.code);
}

/** Two parts of one job's life as one. */
function joined(before: CameToRest, rest: JobRest): JobRest {
  if (rest.rest !== "came-to-rest") return rest;
  return {
    ...rest,
    files: [...before.files, ...rest.files],
    credits: before.credits + rest.credits,
    turnsSent: before.turnsSent + rest.turnsSent,
  };
}

function ifAborted(signal: AbortSignal): (error: unknown) => false {
  return (error) => {
    if (signal.aborted) return false;
    throw error;
  };
}
