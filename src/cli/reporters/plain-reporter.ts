import type { Report, Reporter } from "../../executor/ports.ts";
import { plainLines, plainStart } from "../../report/plain-lines.ts";
import type { View } from "../../report/view.ts";
import type { Screen } from "../screen.ts";

/** One line a change on stderr, for logs, pipes and CI. */
export function plainReporter(screen: Screen, view: View): Reporter {
  let state = plainStart;
  return {
    report(report) {
      const next = plainLines(state, report, view);
      state = next.state;
      const say = isTrouble(report) ? screen.alert : screen.note;
      for (const line of next.lines) say(line);
    },
  };
}

const troubles: ReadonlySet<string> = new Set(["job-failed", "job-needs-you", "turn-unknown"]);

/** What is said with --quiet as well: that a job did not come to its end, and why. */
function isTrouble(report: Report): boolean {
  if (report.type === "job-skipped") return report.reason !== "up-to-date";
  return report.type === "job-event" && troubles.has(report.event.type);
}
