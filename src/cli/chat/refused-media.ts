import type { FailureCode } from "../../base/failure-codes.ts";
import type { JobState } from "../../job/state.ts";
import { lineOfJob } from "../../plan/line-of-job.ts";
import type { LineMedia } from "../../recipe/recipe-line.ts";
import { mediaIn } from "./talk.ts";

const ofFile: ReadonlySet<FailureCode> = new Set([
  "file-refused",
  "file-too-large",
  "file-unreadable",
  "bad-request",
]);

/** The file that is not taken, and would keep each further request from being sent. */
export function refusedMedia({ failure, plan, uploads, turns }: JobState): LineMedia | undefined {
  if (failure === undefined || !ofFile.has(failure.code)) return undefined;
  const next = plan.steps.find(({ kind, key }) => {
    if (kind === "export") return false;
    const status = turns.get(key)?.status;
    return kind === "upload" ? !uploads.has(key) : status === undefined || status === "not-sent";
  });
  return next === undefined ? undefined : mediaIn(lineOfJob({ steps: [next] }))[0];
}
