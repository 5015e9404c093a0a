import type { Journal } from "../../executor/ports.ts";
import { findRun } from "./find-run.ts";
import { readJobs, type ReadJob } from "./read-job.ts";

/** The jobs of the run, or the one job, that an id, its start, or a name means. Stops with exit 2 where there is none. */
export async function jobsMeant(text: string, journal: Journal): Promise<ReadJob[]> {
  const meant = await findRun(text, journal);
  return readJobs(meant.kind === "run" ? meant.run.jobIds : [meant.job.jobId], journal);
}
