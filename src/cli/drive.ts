import { runJobs } from "../executor/run-jobs.ts";
import type { RunOutcome } from "../executor/run-outcome.ts";
import type { RunRequest } from "../executor/run-request.ts";
import type { Call } from "./call.ts";
import { openLog } from "./log.ts";
import type { World } from "./open-world.ts";
import { openReporter } from "./reporters/open-reporter.ts";

/** Drives jobs to their end and shows how it goes. */
export async function drive(call: Call, world: World, request: RunRequest): Promise<RunOutcome> {
  const log = await openLog(call);
  const reporter = await openReporter(call, viewOf(call, world), log);
  try {
    return await runJobs(request, { ...world, reporter });
  } finally {
    reporter.close();
    await log.close();
  }
}

/** A local preview has no page on the service's site. */
function viewOf({ screen }: Call, { backend, service }: World): Parameters<typeof openReporter>[1] {
  return { paint: screen.paint, ...(backend !== "local" && { pageLink: service.pageLink }) };
}
