import { mayHavePaid, type JobState } from "./state.ts";

/**
 * True where a process may have ended in the middle of an upload: the file may be in the session already, and a
 * second time it would be in the video twice. A session in which nothing was paid costs nothing to leave.
 */
export function hasDoubtfulUpload(state: JobState): boolean {
  if (state.session === undefined || state.status !== "going" || mayHavePaid(state)) return false;
  const next = state.plan.steps.find(
    (step) => step.kind !== "export" && !state.uploads.has(step.key) && !state.turns.has(step.key),
  );
  return next?.kind === "upload";
}
