import { envNames } from "./masked-url.ts";
import type { PlannedJob } from "./planned-job.ts";

/** The environment's variables that the addresses of a job's inputs hold. */
export function envNamesOf({ steps }: Pick<PlannedJob, "steps">): string[] {
  return steps.flatMap((step) =>
    step.kind === "upload" && step.media.kind === "url" ? envNames(step.media.url) : [],
  );
}
