import type { DaemonReport } from "../executor/ports.ts";
import { daemonLine } from "../report/daemon-line.ts";
import type { Call } from "./call.ts";
import { wallClock } from "./wall-clock.ts";

/** Puts what an unattended process tells among the lines of --json, and into the log. */
export function recordDaemon({ flags, screen, log }: Call): (report: DaemonReport) => void {
  return (report) => {
    const line = daemonLine(report, wallClock.now());
    if (flags.json === true) screen.out(line);
    if (!log.isOpen) return;
    const { type, ...facts } = JSON.parse(line) as { readonly type: string };
    log.debug(facts, type);
  };
}
