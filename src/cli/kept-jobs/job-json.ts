import { spentCredits } from "../../job/state.ts";
import { eventLine } from "../../report/event-line.ts";
import type { ReadJob } from "./read-job.ts";

/** A job for programs: where it stands, and its events in the form of `--json`. */
export function jobJson({ state, events, startedAtMs, updatedAtMs }: ReadJob): object {
  const { plan, session, jobId, runId, status, failure } = state;
  const { name, recipe, backend, skill, index, total } = plan;
  const spent = spentCredits(state);
  const job = { jobId, name, recipe, index, total };
  return {
    type: "job",
    id: jobId,
    name,
    recipe,
    run: runId,
    status,
    backend,
    skill,
    startedAt: new Date(startedAtMs).toISOString(),
    updatedAt: new Date(updatedAtMs).toISOString(),
    ...(session !== undefined && { session: session.sessionId, task: session.taskId }),
    credits: spent.credits,
    costUnknown: spent.unknown,
    files: [...state.exports.values()].flatMap(({ delivered }) =>
      delivered === undefined ? [] : [delivered.path],
    ),
    ...(failure !== undefined && { failure }),
    events: events.map(({ atMs, event }): unknown =>
      JSON.parse(eventLine({ type: "job-event", atMs, job, event })),
    ),
  };
}
