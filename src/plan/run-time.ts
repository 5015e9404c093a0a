import { wallFormat } from "../base/wall-format.ts";

/** When a run is, as its templates see it. */
export interface RunTime {
  /** `2026-11-20`. */
  readonly date: string;
  /** `09:00`. */
  readonly time: string;
  /** `2026-11-20T09:00:00+01:00`. */
  readonly instant: string;
  /** `2026-11-20-0900`: the end of a slot's job name. No two instants of a schedule share one. */
  readonly suffix: string;
}

/** An instant in a time zone (IANA name). Throws a RangeError where the zone is not known. */
export function runTime(atMs: number, timezone: string): RunTime {
  const now = wallTime(atMs, timezone);
  const { date, hour, minute, second } = now;
  const seconds = second === "00" ? "" : second;
  const coming = isSecondComing(atMs, now, timezone) ? "-second" : "";
  return {
    date,
    time: `${hour}:${minute}`,
    instant: instantOf(now),
    suffix: `${date}-${hour}${minute}${seconds}${coming}`,
  };
}

interface WallTime {
  readonly date: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** `+01:00`. */
  readonly offset: string;
}

function wallTime(atMs: number, timezone: string): WallTime {
  const parts = new Map<string, string>(
    formatIn(timezone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: string): string => parts.get(type) ?? "";
  return {
    date: `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`,
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
    offset: part("timeZoneName").replace("GMT", "") || "+00:00",
  };
}

const instantOf = ({ date, hour, minute, second, offset }: WallTime): string =>
  `${date}T${hour}:${minute}:${second}${offset}`;

/** Clocks that were set back have shown this time before: a schedule for every hour has a slot at both. */
function isSecondComing(atMs: number, now: WallTime, timezone: string): boolean {
  const { offset } = wallTime(atMs - longestStepBackMs, timezone);
  const before = instantOf({ ...now, offset });
  const beforeMs = Date.parse(before);
  return beforeMs < atMs && instantOf(wallTime(beforeMs, timezone)) === before;
}

/** No zone sets its clocks back by more in one night; a change of days is none of the clock. */
const longestStepBackMs = 3 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: it costs as much as all else that is worked out for a job. */
function formatIn(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const format = wallFormat(timezone, { timeZoneName: "longOffset" });
  formats.set(timezone, format);
  return format;
}
