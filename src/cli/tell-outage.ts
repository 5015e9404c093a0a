import type { OutageReport } from "../executor/ports.ts";
import type { Call } from "./call.ts";
import { recordDaemon } from "./record-daemon.ts";

/** Tells that the service does not answer, and that it does again. */
export function tellOutage(call: Call): (report: OutageReport) => void {
  const { screen } = call;
  const record = recordDaemon(call);
  return (report) => {
    record(report);
    if (report.type === "service-back") screen.note("The service answers again: work goes on.");
    else
      screen.alert(
        `${screen.paint.yellow("!")} ${report.failure.message} Work waits, and goes on when the service answers.`,
      );
  };
}
