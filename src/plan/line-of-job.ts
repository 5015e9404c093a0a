import type { LineStep } from "../recipe/recipe-line.ts";
import type { PlannedJob, Step } from "./planned-job.ts";

/** What a job does, without its keys: what a recipe would have to say to be planned as this job. */
export function lineOfJob({ steps }: Pick<PlannedJob, "steps">): LineStep[] {
  return steps.filter((step) => step.kind !== "export" || step.preview !== true).map(lineStep);
}

function lineStep(step: Step): LineStep {
  switch (step.kind) {
    case "upload": {
      const { media, asset } = step;
      return {
        kind: "upload",
        media: media.kind === "file" ? { kind: "file", path: media.file.path } : media,
        asset,
      };
    }
    case "turn": {
      const { key: _, ...turn } = step;
      return turn;
    }
    case "export": {
      const { kind, format, quality, path, variant, expect } = step;
      const optional = { ...(variant !== undefined && { variant }), ...(expect !== undefined && { expect }) };
      return { kind, format, quality, path, ...optional };
    }
  }
}
