import { Failure } from "../../base/failure.ts";
import type { Call } from "../call.ts";
import type { Prepared } from "../prepare.ts";
import { readJobs } from "../kept-jobs/read-job.ts";
import { pageTarget } from "./page-target.ts";
import { writePage } from "./write-page.ts";

/** Writes the page of a run, however the run ended. */
export type ReportRun = (prepared: Prepared) => Promise<void>;

/** Looks where the page of a run will go. Stops with exit 2 where it cannot be put there: nothing is sent then. */
export async function openRunReport(path: string, call: Call): Promise<ReportRun> {
  const target = await pageTarget("--report", path, call.io.cwd);
  return async (prepared) => {
    try {
      await writeRun(prepared, target, call);
      call.screen.note(`report: ${path}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // The run has ended as it has: its own result counts.
      call.screen.alert(`the report was not written: ${error.facts.message}`);
      call.screen.alert(`next: nemo-recipe show ${prepared.runId} --html ${path}`);
    }
  };
}

async function writeRun({ plan, world, runId }: Prepared, target: string, call: Call): Promise<void> {
  const { journal, backend, service } = world;
  const run = (await journal.runs()).find((row) => row.runId === runId);
  const known = plan.jobs.flatMap(({ jobId }) => (jobId === undefined ? [] : [jobId]));
  const jobs = await readJobs(new Set([...known, ...(run?.jobIds ?? [])]), journal);
  const place = new Map(plan.jobs.map(({ job }, index) => [job.name, index]));
  jobs.sort((one, other) => (place.get(one.state.plan.name) ?? 0) - (place.get(other.state.plan.name) ?? 0));
  await writePage(
    {
      jobs,
      ...(run !== undefined && { run }),
      notBegun: plan.jobs.length - jobs.length,
      target,
      pageLink: backend === "local" ? undefined : service.pageLink,
    },
    call,
  );
}
