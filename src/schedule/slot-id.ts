import type { Zone } from "./zone.ts";

/** `promo@2026-11-20T09:00:00+01:00`: what the journal lets start once. */
export function slotId(recipe: string, atMs: number, zone: Zone): string {
  return `${recipe}@${localInstant(atMs, zone)}`;
}

/** An instant by the clock of its zone: `2026-11-20T09:00:00+01:00`. */
export function localInstant(atMs: number, zone: Zone): string {
  const offsetMs = zone.offsetMs(atMs);
  return `${new Date(atMs + offsetMs).toISOString().slice(0, 19)}${offsetText(offsetMs)}`;
}

/** `+05:30`. */
export function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (count: number): string => String(count).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
