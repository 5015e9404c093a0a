import type { Reporter } from "../../executor/ports.ts";
import { eventLine } from "../../report/event-line.ts";
import type { View } from "../../report/view.ts";
import type { Call } from "../call.ts";
import type { Log } from "../log.ts";
import { plainReporter } from "./plain-reporter.ts";

export interface OpenReporter extends Reporter {
  close(): void;
}

/** What a run shows: results on stdout, people's view on stderr, and the log. */
export async function openReporter(call: Call, view: View): Promise<OpenReporter> {
  const { log } = call;
  const people = await peopleReporter(call, view);
  const results = await resultsReporter(call);
  return {
    report(report) {
      people.report(report);
      results.report(report);
      if (log.isOpen) logReport(log, eventLine(report));
    },
    close: people.close,
  };
}

async function peopleReporter({ io, screen, secrets }: Call, view: View): Promise<OpenReporter> {
  if (!screen.live) return { ...plainReporter(screen, view), close: () => {} };
  const { liveReporter } = await import("./live-reporter.ts");
  return liveReporter(io, screen, { view, redact: secrets.redact });
}

async function resultsReporter({ flags, io, screen }: Call): Promise<Reporter> {
  if (flags.json === true) return (await import("./json-reporter.ts")).jsonReporter(screen.out);
  return (await import("./paths-reporter.ts")).pathsReporter(screen.out, io.cwd);
}

/** The same cleaned facts as --json: no drafts, no links, nothing secret. */
function logReport(log: Log, line: string | undefined): void {
  if (line === undefined) return;
  const { type, ...facts } = JSON.parse(line) as { readonly type: string };
  log.debug(facts, type);
}
