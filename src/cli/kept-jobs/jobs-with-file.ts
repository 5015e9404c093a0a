import { resolve } from "node:path";
import type { Journal } from "../../executor/ports.ts";
import { hashOf } from "../../files/hash-of.ts";
import { isMediaName } from "../../files/media-types.ts";
import { readJob, type ReadJob } from "./read-job.ts";

/**
 * The jobs that a file went into, the newest first: known by its bytes, or by its path where it was moved away since.
 * Undefined where the text means no file.
 */
export async function jobsWithFile(
  text: string,
  journal: Journal,
  cwd: string,
): Promise<readonly ReadJob[] | undefined> {
  const path = resolve(cwd, text);
  const sha256 = await hashOf(path);
  if (sha256 === undefined && !isMediaName(text)) return undefined;
  const jobs: ReadJob[] = [];
  for (const { jobId } of await journal.findJobs("")) {
    const job = await readJob(jobId, journal);
    const uses = job.state.plan.steps.some(
      (step) =>
        step.kind === "upload" &&
        step.media.kind === "file" &&
        (step.media.file.sha256 === sha256 || step.media.file.path === path),
    );
    if (uses) jobs.push(job);
  }
  return jobs;
}
