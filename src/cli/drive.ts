import type { JobQueue } from "../executor/job-queue.ts";
import { runJobs } from "../executor/run-jobs.ts";
import type { RunOutcome } from "../executor/ports.ts";
import type { RunPorts, RunRequest } from "../executor/run-request.ts";
import type { View } from "../report/view.ts";
import type { Call } from "./call.ts";
import type { Audience } from "./notify/audience.ts";
import { withNotices } from "./notify/with-notices.ts";
import type { World } from "./open-world.ts";
import { openReporter } from "./reporters/open-reporter.ts";
import { previewReporter } from "./reporters/preview-reporter.ts";

/** Where a run takes place, and before whom. */
export interface Stage {
  readonly call: Call;
  readonly world: World;
  readonly audience: Audience;
}

/** Drives jobs to their end and shows how it goes: in a queue of their own, or in one that runs share. */
export async function drive(stage: Stage, request: RunRequest, queue?: JobQueue): Promise<RunOutcome> {
  return withReporter(stage, (ports) => runJobs(request, ports, queue));
}

/** Does `work` with all ports, shows how it goes, and tells those elsewhere who want to know. */
export async function withReporter(
  { call, world, audience }: Stage,
  work: (ports: RunPorts) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const view = viewOf(call, world);
  const reporter = await openReporter(call, view);
  const previews = previewReporter(call);
  try {
    return await withNotices(call, audience, (notices) =>
      work({
        ...world,
        reporter: {
          report(report) {
            reporter.report(report);
            previews.report(report);
            notices?.report(report);
          },
        },
      }),
    );
  } finally {
    await previews.shown();
    reporter.close();
  }
}

/** A local preview has no page on the service's site. */
function viewOf({ screen }: Call, { backend, service }: World): View {
  return { paint: screen.paint, ...(backend !== "local" && { pageLink: service.pageLink }) };
}
