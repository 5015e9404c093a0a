import { wallFormat } from "../base/wall-format.ts";

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
  const parts = new Map<string, string>(
    formatIn(timezone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
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

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: it costs as much as all else that is worked out for a job. */
function formatIn(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const format = wallFormat(timezone, { timeZoneName: "longOffset" });
  formats.set(timezone, format);
  return format;
}
