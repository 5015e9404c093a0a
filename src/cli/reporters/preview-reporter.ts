import type { Report, Reporter } from "../../executor/ports.ts";
import { deliveredPath } from "../../report/follow-job.ts";
import type { PlannedJob } from "../../plan/planned-job.ts";
import type { Call } from "../call.ts";

export interface PreviewReporter extends Reporter {
  /** Resolves when every preview that came so far was shown. */
  shown(): Promise<void>;
}

/** Shows the frames of each preview when it is there, one after another, while the jobs go on. */
export function previewReporter(call: Call): PreviewReporter {
  const plans = new Map<string, PlannedJob>();
  let last: Promise<void> = Promise.resolve();
  return {
    report(report) {
      if (report.type === "job-started") plans.set(report.job.jobId, report.plan);
      const event = deliveredPreview(report);
      if (event === undefined) return;
      const shownPath = deliveredPath(plans.get(event.jobId), event);
      last = last.then(async () => {
        const { showPreview } = await import("../preview/show-preview.ts");
        await showPreview({ path: event.path, shownPath, durationMs: event.durationMs }, call);
      });
    },
    shown: () => last,
  };
}

interface DeliveredPreview {
  readonly jobId: string;
  readonly key: string;
  readonly path: string;
  readonly durationMs: number | undefined;
}

function deliveredPreview(report: Report): DeliveredPreview | undefined {
  if (report.type !== "job-event" || report.event.type !== "file-delivered") return undefined;
  const { key, path, facts, preview } = report.event;
  if (preview !== true) return undefined;
  return { jobId: report.job.jobId, key, path, durationMs: facts.durationMs };
}
