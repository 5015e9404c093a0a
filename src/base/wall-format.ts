/** Parts of an instant as the clocks of a time zone (IANA name) show it. Throws a RangeError where nobody knows the zone. */
export function wallFormat(
  timeZone: string,
  more: Pick<Intl.DateTimeFormatOptions, "timeZoneName"> = {},
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...more,
  });
}
