import { Failure } from "../base/failure.ts";

/** Somebody else has written the event that was to come next. */
export function jobBusy(jobId: string): Failure {
  return new Failure({
    code: "job-busy",
    message: `another process is driving ${jobId}`,
    hint: `let it end; \`nemo-recipe show ${jobId}\` tells where it stands`,
    sent: "not-sent",
  });
}
