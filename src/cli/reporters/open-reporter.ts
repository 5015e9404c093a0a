import type { Reporter } from "../../executor/ports.ts";
import { eventLine } from "../../report/event-line.ts";
import type { View } from "../../report/view.ts";
import type { Call } from "../call.ts";
import type { Log } from "../log.ts";
import type { LiveReporter } from "./live-reporter.ts";
import { plainReporter } from "./plain-reporter.ts";

export interface OpenReporter extends Reporter {
  close(): void;
}

/** What a run shows: results on stdout, people's view on stderr, and the log. */
export async function openReporter(call: Call, view: View, log: Log): Promise<OpenReporter> {
  const { io, screen, secrets } = call;
  const live = screen.live
    ? (await import("./live-reporter.ts")).liveReporter(io, view, secrets.redact)
    : undefined;
  const people = live ?? plainReporter(screen, view);
  const results = await resultsReporter(call, live?.aside);
  return {
    report(report) {
      people.report(report);
      results.report(report);
      if (log.isOpen) logReport(log, eventLine(report));
    },
    close: () => live?.close(),
  };
}

/** Where both streams are one terminal, results are written above the live lines. */
async function resultsReporter(
  { flags, io, screen }: Call,
  aside: LiveReporter["aside"] | undefined,
): Promise<Reporter> {
  const shared = aside !== undefined && io.stdout.isTTY === true;
  const out = (line: string): void => (shared ? aside(() => screen.out(line)) : screen.out(line));
  if (flags.json === true) return (await import("./json-reporter.ts")).jsonReporter(out);
  return (await import("./paths-reporter.ts")).pathsReporter(out, io.cwd);
}

/** The same cleaned facts as --json: no drafts, no links, nothing secret. */
function logReport(log: Log, line: string | undefined): void {
  if (line === undefined) return;
  const { type, ...facts } = JSON.parse(line) as { readonly type: string };
  log.debug(facts, type);
}
