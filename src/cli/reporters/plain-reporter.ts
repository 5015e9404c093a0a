import type { Reporter } from "../../executor/ports.ts";
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
      for (const line of next.lines) screen.note(line);
    },
  };
}
