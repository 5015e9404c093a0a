import type { RunRow } from "../../executor/ports.ts";
import { writeAtomically } from "../../files/write-atomically.ts";
import { envNamesOf } from "../../plan/env-names-of.ts";
import { formatElapsed } from "../../report/format-elapsed.ts";
import { formatInstant } from "../../report/format-instant.ts";
import { jobFacts } from "../../report/page/job-facts.ts";
import type { PageFacts } from "../../report/page/page-facts.ts";
import { reportPage } from "../../report/page/report-page.ts";
import type { View } from "../../report/view.ts";
import type { Call } from "../call.ts";
import { paintFor } from "../paint.ts";
import type { ReadJob } from "../kept-jobs/read-job.ts";
import { wallClock } from "../wall-clock.ts";
import { mediaBesidePage } from "./media-beside-page.ts";

/** More would be no page any more. */
const mostJobs = 500;

export interface PageOrder {
  readonly jobs: readonly ReadJob[];
  readonly run?: RunRow;
  /** Jobs of the run that were not begun. */
  readonly notBegun?: number;
  /** Absolute. */
  readonly target: string;
  readonly pageLink: View["pageLink"];
}

/** Writes the report of jobs. No secret is in it: the facts are searched for them before they become markup. */
export async function writePage(order: PageOrder, call: Call): Promise<void> {
  const { target } = order;
  const jobs = order.jobs.slice(0, mostJobs);
  for (const { state } of jobs) call.secrets.add(...envNamesOf(state.plan).map((name) => call.io.env[name]));
  const facts = JSON.parse(
    call.secrets.redact(JSON.stringify(factsOf({ ...order, jobs }, call))),
  ) as PageFacts;
  const media = await mediaBesidePage(
    jobs.map(({ state }) => state),
    target,
  );
  await writeAtomically(
    target,
    reportPage({ ...facts, leftOut: facts.leftOut + order.jobs.length - jobs.length }, media),
  );
}

function factsOf({ jobs, run, notBegun = 0, pageLink }: PageOrder, { io }: Call): PageFacts {
  const view = {
    paint: paintFor(false),
    nowMs: wallClock.now(),
    ...(pageLink !== undefined && { pageLink }),
  };
  const names = run?.recipes ?? jobs.map(({ state }) => state.plan.name);
  return {
    title: names.length === 0 ? "Nothing" : names.join(", "),
    madeAt: formatInstant(wallClock.now()),
    program: `nemo-recipe ${io.version}`,
    jobs: jobs.map((job) => jobFacts(job, view)),
    leftOut: notBegun,
    ...(run !== undefined && {
      run: {
        id: run.runId,
        startedAt: formatInstant(run.startedAtMs),
        ...(run.finishedAtMs !== undefined && { took: formatElapsed(run.finishedAtMs - run.startedAtMs) }),
        ...(run.exitCode !== undefined && { exitCode: run.exitCode }),
      },
    }),
  };
}
