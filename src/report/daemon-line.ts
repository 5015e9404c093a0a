import { cleanText } from "../base/clean-text.ts";
import type { DaemonReport } from "../executor/ports.ts";
import { failureOf } from "./event-line.ts";
import { jsonLine } from "./json-line.ts";

type Fields = Readonly<Record<string, unknown>>;
type Slot = Extract<DaemonReport, { readonly type: "slot-started" }>["slot"];

/** A report of an unattended process as one line of JSON, for `--json` and logs. */
export function daemonLine(report: DaemonReport, atMs: number): string {
  return jsonLine({ type: report.type, at: new Date(atMs).toISOString(), ...fieldsOf(report) });
}

function fieldsOf(report: DaemonReport): Fields {
  switch (report.type) {
    case "slot-started":
    case "slot-skipped":
    case "slot-waiting":
      return { slot: slotFields(report.slot) };
    case "first-seen":
      return { next: slotFields(report.next) };
    case "slot-finished":
    case "slot-given-back":
      return { slot: slotFields(report.slot), exitCode: report.exitCode };
    case "slots-missed": {
      const { first, last, count, isMore } = report;
      return { first: slotFields(first), last: slotFields(last), count, isMore };
    }
    case "look-failed":
    case "service-away":
      return { failure: failureOf(report.failure) };
    case "service-back":
      return {};
    case "recipe-loaded":
    case "recipe-dropped":
      return { recipe: report.recipe, file: report.file };
    case "recipe-refused":
      return { file: report.file, message: cleanText(report.message) };
  }
}

function slotFields({ slotId, recipe, atMs }: Slot): Fields {
  return { id: slotId, recipe, at: new Date(atMs).toISOString() };
}
