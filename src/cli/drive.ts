import { runJobs } from "../executor/run-jobs.ts";
import type { RunOutcome } from "../executor/run-outcome.ts";
import type { RunRequest } from "../executor/run-request.ts";
import type { View } from "../report/view.ts";
import type { Call } from "./call.ts";
import type { World } from "./open-world.ts";
import { openReporter } from "./reporters/open-reporter.ts";

/** Drives jobs to their end and shows how it goes. */
export async function drive(call: Call, world: World, request: RunRequest): Promise<RunOutcome> {
  const view = viewOf(call, world);
  const reporter = await openReporter(call, view);
  try {
    return await runJobs(request, { ...world, reporter });
  } finally {
    reporter.close();
  }
}

/** A local preview has no page on the service's site. */
function viewOf({ screen }: Call, { backend, service }: World): View {
  return { paint: screen.paint, ...(backend !== "local" && { pageLink: service.pageLink }) };
}
