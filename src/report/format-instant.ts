/** A moment to the minute as people read it, in the machine's time zone unless another is named: `2026-11-20 09:05`. */
export function formatInstant(atMs: number, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...(timeZone !== undefined && { timeZone }),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}`;
}
