import type { FoundFile, PlannedJob } from "./planned-job.ts";

/** The same job with its files where they lie now: a file is its bytes, so that every key stays as it is. */
export function withFiles(job: PlannedJob, files: readonly FoundFile[]): PlannedJob {
  const found = new Map(files.map((file) => [file.sha256, file]));
  const steps = job.steps.map((step) => {
    if (step.kind !== "upload" || step.media.kind !== "file") return step;
    const file = found.get(step.media.file.sha256);
    return file === undefined ? step : Object.assign({}, step, { media: { kind: "file", file } });
  });
  return { ...job, steps };
}
