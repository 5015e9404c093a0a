import type { Reporter } from "../../executor/ports.ts";
import { shownFrom } from "../shown-from.ts";

/** The results of a run on stdout: the path of each file, as it is delivered. */
export function pathsReporter(out: (line: string) => void, cwd: string): Reporter {
  return {
    report(report) {
      if (report.type !== "job-event" || report.event.type !== "file-delivered") return;
      const { unmet, preview } = report.event;
      if (unmet.length === 0 && preview !== true) out(shownFrom(cwd, report.event.path));
    },
  };
}
