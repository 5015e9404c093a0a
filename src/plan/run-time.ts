/** When a run is, as its templates see it. */
export interface RunTime {
  /** `2026-11-20`. */
  readonly date: string;
  /** `09:00`. */
  readonly time: string;
  /** `2026-11-20T09:00:00+01:00`. */
  readonly instant: string;
  /** `2026-11-20-0900`: the end of a slot's job name. */
  readonly suffix: string;
}

/** An instant in a time zone (IANA name). Throws a RangeError where the zone is not known. */
export function runTime(atMs: number, timezone: string): RunTime {
  const shape = {
    timeZone: timezone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  } as const;
  const parts = new Map<string, string>(
    new Intl.DateTimeFormat("en-US", shape).formatToParts(atMs).map(({ type, value }) => [type, value]),
  );
  const part = (type: string): string => parts.get(type) ?? "";
  const date = `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  return {
    date,
    time: `${part("hour")}:${part("minute")}`,
    instant: `${date}T${part("hour")}:${part("minute")}:${part("second")}${offset}`,
    suffix: `${date}-${part("hour")}${part("minute")}`,
  };
}
