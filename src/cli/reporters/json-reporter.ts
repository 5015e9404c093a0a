import type { Reporter } from "../../executor/ports.ts";
import { eventLine } from "../../report/event-line.ts";

/** The results of a run on stdout: one JSON object a line, `run-finished` last. */
export function jsonReporter(out: (line: string) => void): Reporter {
  return {
    report(report) {
      const line = eventLine(report);
      if (line !== undefined) out(line);
    },
  };
}
