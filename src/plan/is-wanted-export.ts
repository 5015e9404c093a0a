import type { ExportStep, Step } from "./planned-job.ts";

/** True for the videos that were asked for: a preview is only to be looked at, and not made again for its own sake. */
export function isWantedExport(step: Step): step is ExportStep {
  return step.kind === "export" && step.preview !== true;
}
