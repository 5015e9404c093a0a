import type { Zone } from "../../src/schedule/zone.ts";

const minuteMs = 60_000;

/**
 * The clock-change rules done by hand: every minute of the span is looked at, with the local times that it stands for.
 * Knows minutes and hours only, and neither the cron library nor the search that is tested.
 */
export function slotsByTheBook(
  { minute, hour }: { readonly minute: string; readonly hour: string },
  zone: Zone,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number[] {
  const fits = (wallMs: number): boolean => {
    const wall = new Date(wallMs);
    return taken(minute, 60).has(wall.getUTCMinutes()) && taken(hour, 24).has(wall.getUTCHours());
  };
  const isEveryHour = taken(hour, 24).size === 24;
  const seen = new Set<number>();
  const slots: number[] = [];
  for (let atMs = fromMs - 24 * 60 * minuteMs; atMs <= toMs; atMs += minuteMs) {
    const wallMs = atMs + zone.offsetMs(atMs);
    const before = atMs - minuteMs + zone.offsetMs(atMs - minuteMs);
    const stoodFor = [wallMs];
    if (!isEveryHour) for (let at = before + minuteMs; at < wallMs; at += minuteMs) stoodFor.push(at);
    const fires = stoodFor.some((at) => fits(at) && (isEveryHour || !seen.has(at)));
    for (const at of stoodFor) seen.add(at);
    if (fires && atMs > fromMs) slots.push(atMs);
  }
  return slots;
}

function taken(field: string, count: number): Set<number> {
  const all = Array.from({ length: count }, (_, value) => value);
  return new Set(
    field.split(",").flatMap((part) => {
      const [range = "", step = "1"] = part.split("/");
      const [from, to] = range === "*" ? [0, count - 1] : range.split("-").map(Number);
      return all.filter(
        (value) =>
          value >= (from ?? 0) && value <= (to ?? from ?? 0) && (value - (from ?? 0)) % Number(step) === 0,
      );
    }),
  );
}
