import { runJobs } from "../executor/run-jobs.ts";
import type { RunOutcome } from "../executor/run-outcome.ts";
import type { RunPorts, RunRequest } from "../executor/run-request.ts";
import type { View } from "../report/view.ts";
import type { Call } from "./call.ts";
import type { World } from "./open-world.ts";
import { openReporter } from "./reporters/open-reporter.ts";

/** Drives jobs to their end and shows how it goes. */
export async function drive(call: Call, world: World, request: RunRequest): Promise<RunOutcome> {
  return withReporter(call, world, (ports) => runJobs(request, ports));
}

/** Does `work` with all ports, and shows how it goes. */
export async function withReporter(
  call: Call,
  world: World,
  work: (ports: RunPorts) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const view = viewOf(call, world);
  const reporter = await openReporter(call, view);
  try {
    return await work({ ...world, reporter });
  } finally {
    reporter.close();
  }
}

/** A local preview has no page on the service's site. */
function viewOf({ screen }: Call, { backend, service }: World): View {
  return { paint: screen.paint, ...(backend !== "local" && { pageLink: service.pageLink }) };
}
