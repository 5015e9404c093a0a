import type { JobEvent } from "../job/event.ts";
import type { JobRow } from "../executor/ports.ts";

export type JobStatus = JobRow["status"];

/**
 * The status that an event leaves its job in; undefined where it leaves it as it was. It is what folding the whole
 * job would say, kept beside the events so that a list of jobs needs no folding.
 */
export function statusAfter(event: JobEvent, job: { readonly isParked: boolean }): JobStatus | undefined {
  switch (event.type) {
    case "job-planned":
    case "job-resumed":
      return job.isParked ? "needs-you" : "going";
    case "job-finished":
      return "finished";
    case "job-failed":
      return "failed";
    case "job-needs-you":
    case "turn-unknown":
      return "needs-you";
    case "review-decided":
      return "going";
    case "turn-resolved":
      return event.decision === "drop" ? "failed" : "going";
    default:
      return undefined;
  }
}
