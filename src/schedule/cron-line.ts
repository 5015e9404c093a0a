import { Cron, CronPattern } from "croner";
import { cronFault } from "./cron-fault.ts";

/** A cron line that was read. It knows local times only: what they are as instants is the zone's business. */
export interface CronLine {
  readonly text: string;
  /** The hour field takes every hour: then slots follow real hours, not the clock on the wall. */
  readonly everyHour: boolean;
  /** The first local time after `wallMs` that fits; both are written as if they were UTC. Undefined: never again. */
  next(wallMs: number): number | undefined;
}

export type CronReading = { readonly line: CronLine } | { readonly message: string; readonly hint?: string };

/** Any time will do to ask whether a line ever fires: the calendar repeats. */
const someTimeMs = Date.UTC(2024, 0, 1);

/** Reads 5 or 6 fields with `L W #` and names, or `@daily` and its like; a line that never fires is refused. */
export function readCronLine(text: string): CronReading {
  const fault = cronFault(text, fits);
  if (fault !== undefined) return fault;
  // An offset of nought has no clock changes, so that none of the library's rules for them can come into play.
  const cron = new Cron(text, { utcOffset: 0, mode: modeOf(text) });
  const next = (wallMs: number): number | undefined => cron.nextRun(new Date(wallMs))?.getTime();
  if (next(someTimeMs) === undefined) return neverFires(text);
  const { hour } = new CronPattern(text, undefined, { mode: modeOf(text) });
  return { line: { text, everyHour: hour.every((taken) => taken === 1), next } };
}

function fits(text: string): boolean {
  try {
    return new CronPattern(text, undefined, { mode: modeOf(text) }) instanceof CronPattern;
  } catch {
    return false;
  }
}

/** A nickname stands for a whole line, and is no line of 5 or 6 fields itself. */
const modeOf = (text: string): "auto" | "5-or-6-parts" => (text.startsWith("@") ? "auto" : "5-or-6-parts");

function neverFires(text: string): CronReading {
  const fields = text.split(" ");
  const day = fields.length - 3;
  const last = fields.with(day, "L").join(" ");
  return {
    message: `this cron line never fires: \`${text}\``,
    hint: `no month of it has such a day; \`${last}\` is the month's last day`,
  };
}
